package io.ringtap.system.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of a target's probes, as the monitor's different outputs say it: how many by
/// outcome, without zeros.
final class ProbeCounts {
  /// Each outcome in the history, and the metric that counts it.
  private static final Map<String, String> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("reply", "replies");
    METRICS.put("lost", "lost");
    METRICS.put("error", "errors");
    METRICS.put("corrupted", "corrupted");
    METRICS.put("elsewhere", "elsewhere");
    METRICS.put("dropped", "dropped");
    METRICS.put("withdrawn", "withdrawn");
    METRICS.put("unsent", "unsent");
    METRICS.put("late", "late");
    METRICS.put("late_error", "late_errors");
    METRICS.put("duplicate", "duplicates");
  }

  private ProbeCounts() {}

  /// Whether a probe ended by what a row of an export says, and nothing came over and above.
  static boolean isEnd(Map<String, Object> probe) {
    return !Set.of("late", "late_error", "duplicate").contains(probe.get("outcome"));
  }

  private interface Figure {
    long of(String outcome);
  }

  private static Map<String, Long> counts(Figure figure) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String outcome : METRICS.keySet()) {
      long count = figure.of(outcome);
      if (count != 0) {
        counts.put(outcome, count);
      }
    }
    return counts;
  }

  static Map<String, Long> ofMetrics(Metrics metrics, String target) {
    return counts(outcome -> metrics.of(target, "ringtap_ping_" + METRICS.get(outcome) + "_total"));
  }

  /// @param probes rows of single probes, as the export has them
  static Map<String, Long> ofProbes(List<Map<String, Object>> probes) {
    return counts(
        outcome -> probes.stream().filter(row -> outcome.equals(row.get("outcome"))).count());
  }

  /// @param windows objects with a count for each outcome: those of the export, or the page's
  ///   totals
  static Map<String, Long> ofWindows(List<? extends Map<?, ?>> windows) {
    return counts(
        outcome -> windows.stream().mapToLong(window -> (Long) window.get(outcome)).sum());
  }

  /// @param csv an export of windows
  static Map<String, Long> ofCsv(List<String> csv, String host) {
    List<String> names = Arrays.asList(csv.getFirst().split(",", -1));
    List<Map<String, Object>> windows = new ArrayList<>();
    for (String line : csv.subList(1, csv.size())) {
      String[] cells = line.split(",", -1); // no quoted cell comes before the counts
      if (cells[names.indexOf("host")].equals(host)) {
        Map<String, Object> window = new LinkedHashMap<>();
        METRICS
            .keySet()
            .forEach(outcome -> window.put(outcome, Long.valueOf(cells[names.indexOf(outcome)])));
        windows.add(window);
      }
    }
    return ofWindows(windows);
  }
}
