package io.ringtap.lab.report;

import java.util.ArrayList;
import java.util.List;

/// A report's foremost figures for a terminal: medians of the metrics that it draws as bars,
/// without first runs and spreads.
public final class Summary {
  private final Report report;
  private final Findings findings;

  private Summary(Report report) {
    this.report = report;
    findings = new Findings(report);
  }

  /// A table of aligned columns for each metric, then what failed and why.
  public static String text(Report report) {
    return new Summary(report).text();
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    report.charts().stream()
        .filter(chart -> chart.kind() == Chart.Kind.BARS)
        .map(Chart::name)
        .distinct()
        .forEach(name ->
            report.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .forEach(metric -> table(metric, out)));
    failures(out);
    return out.toString();
  }

  /// Whichever there are fewer of, peers or settings, stand side by side.
  private void table(Report.Metric metric, StringBuilder out) {
    List<String> peers =
        findings.peers().stream().filter(peer -> isMeasured(peer, metric)).toList();
    List<String> settings = findings.settings();
    boolean arePeersAbove = peers.size() < settings.size();
    List<String> columns = arePeersAbove ? peers : settings;
    List<List<String>> lines = new ArrayList<>();
    lines.add(line("", columns));
    for (String row : arePeersAbove ? settings : peers) {
      lines.add(
          line(
              row,
              columns.stream()
                  .map(column ->
                      arePeersAbove ? figure(column, row, metric) : figure(row, column, metric))
                  .toList()));
    }
    out.append(ResultTables.title(metric)).append('\n');
    lines.forEach(line -> append(line, widths(lines), out));
    out.append('\n');
  }

  private static List<String> line(String first, List<String> rest) {
    List<String> line = new ArrayList<>();
    line.add(first);
    line.addAll(rest);
    return line.stream().map(Summary::printable).toList();
  }

  private boolean isMeasured(String peer, Report.Metric metric) {
    return findings.settings().stream()
        .map(setting -> findings.runs(peer, setting))
        .anyMatch(runs -> runs.steady(metric.name()).isPresent() || !runs.failed().isEmpty());
  }

  private String figure(String peer, String setting, Report.Metric metric) {
    Runs runs = findings.runs(peer, setting);
    if (runs.steady().isEmpty() && !runs.failed().isEmpty()) {
      return "failed";
    }
    return runs.steady(metric.name())
        .map(spread -> NumberText.of(spread.median(), metric))
        .orElse("–");
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }

  private static void append(List<String> line, int[] widths, StringBuilder out) {
    for (int i = 0; i < widths.length; i++) {
      String gap = " ".repeat(widths[i] - line.get(i).length());
      // Names begin, and numbers end, below each other.
      out.append("  ").append(i == 0 ? line.get(i) + gap : gap + line.get(i));
    }
    out.append('\n');
  }

  private void failures(StringBuilder out) {
    for (Sample sample : report.samples()) {
      if (sample.failure() != null) {
        out.append(
                printable(
                    "%s, %s, run %d failed: %s"
                        .formatted(
                            sample.peer(), sample.setting(), sample.run(), sample.failure())))
            .append('\n');
      }
    }
  }

  /// A peer's words must not steer the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
