package io.ringtap.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The time that a CPU has spent in softirqs, where the kernel receives packets and brings them to
/// sockets (`/proc/stat`). The kernel estimates it from its ticks, whoever's packets they are.
final class SoftirqTime {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int SOFTIRQ = 7; // field of a CPU's line
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10); // USER_HZ

  private SoftirqTime() {}

  /// Since the machine was started, in nanoseconds.
  static long nanos(int cpu) throws IOException {
    String begin = "cpu" + cpu + " ";
    return Files.readAllLines(STAT).stream()
        .filter(line -> line.startsWith(begin))
        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[SOFTIRQ]) * TICK_NANOS)
        .sum();
  }
}
