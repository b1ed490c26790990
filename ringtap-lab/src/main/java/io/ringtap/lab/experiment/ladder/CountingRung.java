package io.ringtap.lab.experiment.ladder;

import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.TopOptions;
import io.ringtap.top.XdpTop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/// Counting by source in the kernel: only the counts are taken.
///
/// @param isDropping whether the packets end there, so that counting is all that they cost
record CountingRung(boolean isDropping) implements LadderRung {
  /// What the counts came to, and the CPU time that reading them took.
  private record Read(Interval interval, long cpuNanos) {}

  @Override
  public String label() {
    return "library, xdp counting" + (isDropping ? ", dropping" : "");
  }

  @Override
  public LadderRun run(CaptureNetwork network, long bufferBytes, long frames, int... cpus)
      throws IOException, InterruptedException {
    try (XdpTop top = network.namespace().call(this::open)) {
      CaptureNetwork.Load load = network.load(frames, 0, cpus);
      Read read = network.namespace().call(() -> read(top));
      return new LadderRun(load, read.interval.packets(), 0, read.cpuNanos);
    }
  }

  private XdpTop open() throws IOException {
    TopOptions options = TopOptions.by(KeyKind.SOURCE);
    return isDropping
        ? XdpTop.openDropping(options, CaptureNetwork.INTERFACE, null)
        : XdpTop.open(options, null, List.of(CaptureNetwork.INTERFACE), null);
  }

  private static Read read(XdpTop top) throws IOException {
    ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
    long before = threadTimes.getCurrentThreadCpuTime();
    Interval interval = top.nextInterval();
    return new Read(interval, threadTimes.getCurrentThreadCpuTime() - before);
  }
}
