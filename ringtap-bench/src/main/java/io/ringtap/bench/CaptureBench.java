package io.ringtap.bench;

import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The ground that captures are measured on: a namespace, an interface in it, load made inside the
/// kernel, and a directory for what is written.
final class CaptureBench implements AutoCloseable {
  /// The interface that the load comes in by.
  static final String INTERFACE = "in0";

  /// Memory that each capture may use for packets that wait.
  static final long BUFFER_BYTES = 64L << 20;

  /// What one capture made of a load.
  ///
  /// @param cpuNanos CPU time that it took, without that of the load
  record Run(long offered, long captured, long dropped, long cpuNanos, long loadNanos) {
    double nanosPerPacket() {
      return cpuNanos / (double) Math.max(1, captured);
    }

    /// The run in the middle of several, by CPU time a packet.
    static Run median(List<Run> runs) {
      return runs.stream()
          .sorted(Comparator.comparingDouble(Run::nanosPerPacket))
          .skip(runs.size() / 2)
          .findFirst()
          .orElseThrow();
    }
  }

  final NetworkNamespace namespace;
  final Path directory;
  private final VethPair cable;
  private final long frames;

  /// @param frames of each load
  CaptureBench(long frames) throws IOException {
    this.frames = frames;
    directory = Files.createTempDirectory(Path.of(""), "capture-bench-");
    namespace = NetworkNamespace.create("bench");
    cable = VethPair.create(namespace, INTERFACE, namespace, "out0");
    // So that the kernel sends nothing of its own, which would be captured too.
    namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
  }

  /// Injects the frames from those CPUs, as fast as they can.
  RunningLoad load(int... cpus) throws IOException, InterruptedException {
    try (RunningLoad load =
        FrameLoad.on(cable.a()).frames(frames).cpus(cpus).sources(1 << 16).start()) {
      load.await();
      return load;
    }
  }

  /// CPU time of a process and its threads so far, to the kernel's tick of 10 ms.
  static long cpuNanos(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // utime and stime
    return TimeUnit.MILLISECONDS.toNanos(ticks * 10);
  }

  static void printHead() {
    IO.println(
        "%-34s %12s %12s %12s %8s %8s %10s"
            .formatted("", "offered", "captured", "dropped", "load s", "CPU s", "ns/packet"));
  }

  static void print(String label, Run run) {
    IO.println(
        "%-34s %,12d %,12d %,12d %8.2f %8.2f %10.1f"
            .formatted(
                label,
                run.offered(),
                run.captured(),
                run.dropped(),
                run.loadNanos() / 1e9,
                run.cpuNanos() / 1e9,
                run.nanosPerPacket()));
  }

  @Override
  public void close() throws IOException {
    namespace.close();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
