package io.ringtap.lab.experiment;

import io.ringtap.lab.profile.Watch;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What captures are measured on: a namespace with an interface that carries nothing but the load,
/// which the kernel makes itself.
final class CaptureNetwork implements AutoCloseable {
  /// The interface that the load comes in by.
  static final String INTERFACE = "in0";

  private static final long LONGEST_LOAD_NANOS = 20_000_000_000L;
  private static final long POLL_MILLIS = 5;
  private static final int SOURCES = 1 << 16;
  private static final int PROTOCOL_FIELD = 3;
  private static final int RUNNING_FIELD = 5;

  private final NetworkNamespace namespace;
  private final VethPair cable;
  private Watch watch = Watch.NONE;

  private CaptureNetwork(NetworkNamespace namespace, VethPair cable) {
    this.namespace = namespace;
    this.cable = cable;
  }

  /// @throws IOException (a LinuxException) if the kernel refuses: `EPERM` without CAP_SYS_ADMIN
  static CaptureNetwork create(String label) throws IOException {
    NetworkNamespace namespace = NetworkNamespace.create(label);
    try {
      // So that the kernel sends nothing of its own, which would be captured too.
      namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
      namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
      return new CaptureNetwork(
          namespace, VethPair.create(namespace, INTERFACE, namespace, "out0"));
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

  /// Injects the smallest frames, each CPU a share, until all are in or 20 seconds have passed.
  ///
  /// @param framesPerSecond 0 for as many as the CPUs can
  /// @return the load at its end
  RunningLoad load(long frames, long framesPerSecond, int... cpus)
      throws IOException, InterruptedException {
    FrameLoad frameLoad =
        FrameLoad.on(cable.a()).frames(frames).rate(framesPerSecond).cpus(cpus).sources(SOURCES);
    Watch watching = framesPerSecond == 0 ? watch : Watch.NONE;
    watching.begin();
    try (RunningLoad load = frameLoad.start()) {
      while (load.isRunning()) {
        if (load.elapsedNanos() > LONGEST_LOAD_NANOS) {
          load.stop();
        }
        Thread.sleep(POLL_MILLIS);
      }
      load.await();
      watching.end();
      return load;
    }
  }

  /// Whether somebody captures in the namespace: a packet socket that is bound to its interface.
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
