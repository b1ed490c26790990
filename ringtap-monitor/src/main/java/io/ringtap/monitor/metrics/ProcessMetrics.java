package io.ringtap.monitor.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/// What the process costs, under the names that client libraries of Prometheus have for it.
final class ProcessMetrics {
  private static final Path SELF = Path.of("/proc/self");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int BYTES_PER_KIB = 1_024;

  private ProcessMetrics() {}

  static void register(Figures health, String version) {
    health.gauge(
        "ringtap_build_info", "A 1 with the version.", Map.entry("version", version), () -> 1);
    health.counter(
        "process_cpu_seconds_total", "Time on all processors.", ProcessMetrics::cpuSeconds);
    health.gauge(
        "process_start_time_seconds",
        "When the process was started, in seconds since the epoch.",
        ProcessMetrics::startSeconds);
    health.gauge("process_resident_memory_bytes", "Resident memory.", () -> kibibytes("VmRSS:"));
    health.gauge("process_virtual_memory_bytes", "Virtual memory.", () -> kibibytes("VmSize:"));
    health.gauge("process_threads", "Threads of the system.", () -> status("Threads:"));
    health.gauge("process_open_fds", "Open file descriptors.", ProcessMetrics::descriptors);
    health.gauge(
        "jvm_memory_used_bytes", "Memory in use.", Map.entry("area", "heap"), ProcessMetrics::heap);
  }

  private static double cpuSeconds() {
    Duration time = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return time.toNanos() / NANOS_PER_SECOND;
  }

  private static double startSeconds() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(Instant::toEpochMilli)
        .map(millis -> millis / MILLIS_PER_SECOND)
        .orElse(Double.NaN);
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    return (double) runtime.totalMemory() - runtime.freeMemory();
  }

  private static double kibibytes(String field) {
    return status(field) * BYTES_PER_KIB;
  }

  /// A number of `/proc/self/status`; NaN if it is not there.
  private static double status(String field) {
    try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double descriptors() {
    try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
      return open.count() - 1.0; // the one with which they are listed
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
