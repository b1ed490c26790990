package io.ringtap.lab.experiment;

import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Report.Metric;
import java.util.List;

/// What the report of the round-trip times has of tables, pictures and words.
final class RttReport {
  static final List<Metric> METRICS =
      List.of(
          Metrics.neither(RttErrors.WIRE_P50, "the wire's p50", "µs", 1),
          Metrics.neither(RttErrors.REPORTED_P50, "reported p50", "µs", 1),
          Metrics.lower(RttErrors.ERROR_P50, "error, p50", "µs", 1),
          Metrics.lower(RttErrors.ERROR_P99, "error, p99", "µs", 1),
          Metrics.lower(RttErrors.ERROR_MAX, "error, max", "µs", 1),
          Metrics.neither(RttErrors.REPLIES, "replies", "", 0));

  static final List<Chart> CHARTS =
      List.of(
          lines(),
          bars("Error that half of the probes exceed", RttErrors.ERROR_P50),
          bars("Error that one probe in a hundred exceeds", RttErrors.ERROR_P99),
          bars("Largest error", RttErrors.ERROR_MAX));

  static final List<String> NOTES =
      List.of(
          "The error of a probe is how far the time that the pinger reports is from the wire's, to"
              + " either side. The wire's time is from the request's arrival at the far end of the"
              + " cable to the reply's departure there, both stamped by the kernel, so that what the"
              + " cable itself takes, a few microseconds, is in every pinger's error.",
          "kernel is the kernel of another namespace; 1 ms and 10 ms are virtual hosts that answer after"
              + " as long.",
          "ping and fping print three significant digits: at 1 ms that alone is up to 10 µs, at"
              + " 10 ms up to 100 µs.",
          "Each pinger runs as a process for each host, all hosts at the same time; under GC it is one"
              + " process for all hosts.",
          "First runs are each process's first second, or the first half of a short run; the other"
              + " figures are of the rest of the same run.",
          "GC: Ringtap's library runs in a JVM in which a thread asks for one full"
              + " collection after the other. The others have no such runs.",
          "busy: a loop without end runs for each CPU. What the host itself is late by"
              + " is in the wire's time and in nobody's error.");

  private RttReport() {}

  private static Chart bars(String title, String metric) {
    return new Chart(Chart.Kind.BARS, title, metric, List.of(), "host", "µs", true);
  }

  private static Chart lines() {
    return new Chart(
        Chart.Kind.LINES,
        "Error over the part of the probes that have no larger one",
        RttErrors.ERROR_SERIES,
        List.of(),
        "probes, %",
        "error, µs",
        true);
  }
}
