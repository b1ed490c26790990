package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.experiment.DriverProgram;
import io.ringtap.lab.profile.Watch;
import io.ringtap.lab.report.Sample;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What captures are measured on: a namespace with an interface that carries nothing but the load,
/// which the kernel makes itself.
final class CaptureNetwork implements AutoCloseable {
  /// The interface that the load comes in by.
  static final String INTERFACE = "in0";

  private static final long LONGEST_LOAD_NANOS = 20_000_000_000L;
  private static final long POLL_MILLIS = 5;
  private static final long RATE_NANOS = 100_000_000; // over which a rate is measured
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SOURCES = 1 << 16;
  private static final int PROTOCOL_FIELD = 3;
  private static final int RUNNING_FIELD = 5;

  private final NetworkNamespace namespace;
  private final VethPair cable;
  private final boolean isThroughDriver;
  private Watch watch = Watch.NONE;

  private CaptureNetwork(NetworkNamespace namespace, VethPair cable, boolean isThroughDriver) {
    this.namespace = namespace;
    this.cable = cable;
    this.isThroughDriver = isThroughDriver;
  }

  /// A load, once it is over.
  ///
  /// @param offered packets that came in by the interface
  /// @param nanos how long it took
  /// @param cpuNanos CPU time of the injecting threads, with the kernel's work for each packet
  /// @param rate packets a second over time
  record Load(long offered, long nanos, long cpuNanos, Sample.Series rate) {}

  /// A network whose load is put into the host's stack.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `EPERM` without CAP_SYS_ADMIN
  static CaptureNetwork create(String label) throws IOException {
    return create(label, 1, false);
  }

  /// A network whose load is sent into the other end of the cable, so that it meets what runs in
  /// the driver.
  ///
  /// @param queues of each end; a CPU that injects has the one with its number, modulo this
  /// @throws IOException (a LinuxException) if the kernel refuses: `EPERM` without CAP_SYS_ADMIN
  static CaptureNetwork throughDriver(String label, int queues) throws IOException {
    return create(label, queues, true);
  }

  private static CaptureNetwork create(String label, int queues, boolean isThroughDriver)
      throws IOException {
    NetworkNamespace namespace = NetworkNamespace.create(label);
    try {
      // So that the kernel sends nothing of its own, which would be captured too.
      namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
      namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
      return new CaptureNetwork(
          namespace,
          VethPair.create(namespace, INTERFACE, namespace, "out0", queues),
          isThroughDriver);
    } catch (IOException | RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  /// Has the loads without a rate looked at from now on.
  void watch(Watch newWatch) {
    watch = newWatch;
  }

  /// Variables that processes which capture are to have.
  Map<String, String> environment() {
    return watch.environment();
  }

  /// Whether the load meets what runs in the driver.
  boolean isThroughDriver() {
    return isThroughDriver;
  }

  /// Injects the smallest frames, each CPU a share, until all are in or 20 seconds have passed.
  ///
  /// @param framesPerSecond 0 for as many as the CPUs can
  Load load(long frames, long framesPerSecond, int... cpus)
      throws IOException, InterruptedException {
    Watch watching = framesPerSecond == 0 ? watch : Watch.NONE;
    if (!isThroughDriver) {
      FrameLoad intoStack = FrameLoad.on(cable.a()).frames(frames).rate(framesPerSecond);
      return run(intoStack.cpus(cpus).sources(SOURCES), watching);
    }
    FrameLoad sent = FrameLoad.on(cable.b()).frames(frames).rate(framesPerSecond).outgoing();
    try (DriverProgram _ = DriverProgram.on(cable.a())) {
      long before = cable.a().counters().rxPackets();
      Load injected = run(sent.cpus(cpus).sources(SOURCES), watching);
      // What veth's rings had no room for never came in.
      return new Load(arrived() - before, injected.nanos, injected.cpuNanos, injected.rate);
    }
  }

  /// What the interface has received, once it no longer changes.
  private long arrived() throws IOException, InterruptedException {
    long last = -1;
    long now = cable.a().counters().rxPackets();
    while (now != last) {
      Thread.sleep(POLL_MILLIS);
      last = now;
      now = cable.a().counters().rxPackets();
    }
    return now;
  }

  private static Load run(FrameLoad frameLoad, Watch watching)
      throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    watching.begin();
    try (RunningLoad load = frameLoad.start()) {
      long lastNanos = 0;
      long lastCount = 0;
      while (load.isRunning()) {
        if (load.elapsedNanos() > LONGEST_LOAD_NANOS) {
          load.stop();
        }
        Thread.sleep(POLL_MILLIS);
        long nanos = load.elapsedNanos();
        long count = load.injected();
        if (nanos - lastNanos >= RATE_NANOS && count > lastCount) {
          times.add(nanos / NANOS_PER_SECOND);
          rates.add((count - lastCount) * NANOS_PER_SECOND / (nanos - lastNanos));
          lastNanos = nanos;
          lastCount = count;
        }
      }
      load.await();
      watching.end();
      return new Load(
          load.injected(),
          load.elapsedNanos(),
          load.cpuNanos(),
          new Sample.Series(LadderRun.LOAD_PPS, times, rates));
    }
  }

  /// Whether a process captures in the namespace: a packet socket that is bound to its interface.
  boolean hasListener() throws IOException {
    List<String> sockets =
        namespace.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/packet")));
    return sockets.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1))
        .anyMatch(
            fields -> fields[RUNNING_FIELD].equals("1") && !fields[PROTOCOL_FIELD].equals("0000"));
  }

  @Override
  public void close() {
    namespace.close();
  }
}
