package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.report.Report.Better;
import io.ringtap.lab.report.Report.Metric;
import java.util.Arrays;
import java.util.Map;

/// What every experiment measures of a process alike.
final class Metrics {
  static final Metric CPU_USER = lower("cpu_user_s", "CPU, user", "s", 3);
  static final Metric CPU_SYSTEM = lower("cpu_system_s", "CPU, system", "s", 3);
  static final Metric RUN = lower("run_s", "run time", "s", 2);
  static final Metric THREADS = lower("threads", "threads, most", "", 0);
  static final Metric RSS = lower("rss_mib", "memory, most", "MiB", 1);

  private Metrics() {}

  static Metric lower(String name, String label, String unit, int decimals) {
    return new Metric(name, label, unit, decimals, Better.LOWER);
  }

  static Metric neither(String name, String label, String unit, int decimals) {
    return new Metric(name, label, unit, decimals, Better.NEITHER);
  }

  /// Adds what a process cost.
  static void addCost(ProcessRun run, Map<String, Double> values) {
    values.put(CPU_USER.name(), run.cpu().userNanos() / 1e9);
    values.put(CPU_SYSTEM.name(), run.cpu().systemNanos() / 1e9);
    values.put(RUN.name(), run.took().toNanos() / 1e9);
    values.put(THREADS.name(), (double) run.peakThreads());
    values.put(RSS.name(), run.peakRssBytes() / (double) (1 << 20));
  }

  /// The value below which a share of `sorted` lies, which is not empty.
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
