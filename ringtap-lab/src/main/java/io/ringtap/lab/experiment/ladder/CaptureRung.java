package io.ringtap.lab.experiment.ladder;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A way to capture with the library, in this process.
///
/// @param mode how packets come from the kernel
/// @param threads that capture, each with a socket of its own
/// @param isStealing whether the host does not see what is captured
record CaptureRung(CaptureMode mode, int threads, boolean isStealing) implements LadderRung {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long POLL_MILLIS = 10;
  private static final String THREAD_NAME = "ringtap-capture-";

  /// Looks at each packet as little as a handler can.
  private static final class Counter implements PacketHandler {
    private long packets; // read once the threads have ended

    @Override
    public void onPacket(Frame packet) {
      packets += packet.origlen() > 0 ? 1 : 0;
    }
  }

  /// The rungs of a load that is put into the host's stack, from the lowest up: each mode with one
  /// thread and with each of `fanouts`.
  static List<CaptureRung> ofStack(List<Integer> fanouts) {
    List<CaptureRung> rungs = new ArrayList<>();
    add(rungs, CaptureMode.RECV, false, fanouts);
    add(rungs, CaptureMode.RING, false, fanouts);
    return rungs;
  }

  /// The rungs of a load that comes through the driver.
  static List<CaptureRung> ofDriver(List<Integer> fanouts) {
    List<CaptureRung> rungs = new ArrayList<>();
    add(rungs, CaptureMode.RING, false, fanouts);
    add(rungs, CaptureMode.XDP, false, fanouts);
    add(rungs, CaptureMode.XDP, true, fanouts);
    return rungs;
  }

  private static void add(
      List<CaptureRung> rungs, CaptureMode mode, boolean isStealing, List<Integer> fanouts) {
    rungs.add(new CaptureRung(mode, 1, isStealing));
    fanouts.forEach(threads -> rungs.add(new CaptureRung(mode, threads, isStealing)));
  }

  @Override
  public String label() {
    if (mode == CaptureMode.XDP) {
      String word = "library, xdp " + (isStealing ? "stealing" : "watching");
      return threads == 1 ? word : word + " × " + threads;
    }
    String word = "library, " + mode.name().toLowerCase(Locale.ROOT);
    return threads == 1 ? word : word + " + fanout × " + threads;
  }

  @Override
  public LadderRun run(CaptureNetwork network, long bufferBytes, long frames, int... cpus)
      throws IOException, InterruptedException {
    CaptureOptions options =
        CaptureOptions.on(CaptureNetwork.INTERFACE)
            .withMode(mode)
            .withStealing(isStealing)
            .withThreads(threads)
            .withFanout(Fanout.by(FanoutMode.CPU))
            .withBuffer(bufferBytes);
    Set<Long> before = captureThreads();
    try (Capture capture = network.namespace().call(() -> Capture.open(options))) {
      List<Counter> counters = new ArrayList<>();
      capture.start(_ -> counter(counters), _ -> {});
      Set<Long> own = captureThreads();
      own.removeAll(before);
      CaptureNetwork.Load load = network.load(frames, 0, cpus);
      long begin = System.nanoTime();
      while (capture.counters().waiting() > 0 && System.nanoTime() - begin < PATIENCE_NANOS) {
        Thread.sleep(POLL_MILLIS);
      }
      ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
      long cpuNanos = own.stream().mapToLong(threadTimes::getThreadCpuTime).sum();
      capture.stop();
      capture.await();
      return new LadderRun(
          load,
          counters.stream().mapToLong(counter -> counter.packets).sum(),
          capture.counters().droppedByKernel(),
          cpuNanos);
    }
  }

  private static Counter counter(List<Counter> all) {
    Counter counter = new Counter();
    all.add(counter);
    return counter;
  }

  private static Set<Long> captureThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREAD_NAME))
        .map(Thread::threadId)
        .collect(Collectors.toSet());
  }
}
