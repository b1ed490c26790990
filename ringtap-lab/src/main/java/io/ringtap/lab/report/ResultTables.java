package io.ringtap.lab.report;

import io.ringtap.lab.report.Table.Cell;
import io.ringtap.lab.report.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Lays a report's figures out so that what is compared stands side by side: settings beside
/// metrics if there is one peer, peers beside settings if there is one metric, and otherwise peers
/// beside metrics, with a table for each setting.
final class ResultTables {
  private final Findings findings;
  private final List<Report.Metric> metrics;

  private ResultTables(Report report) {
    findings = new Findings(report);
    metrics = report.metrics();
  }

  static List<Table> of(Report report) {
    ResultTables tables = new ResultTables(report);
    if (report.metrics().isEmpty() || report.samples().isEmpty()) {
      return List.of();
    }
    if (tables.findings.peers().size() == 1 && tables.findings.settings().size() > 1) {
      return List.of(tables.settingsBesideMetrics(tables.findings.peers().getFirst()));
    }
    if (report.metrics().size() == 1) {
      return List.of(tables.peersBesideSettings(report.metrics().getFirst()));
    }
    return tables.findings.settings().stream().map(tables::peersBesideMetrics).toList();
  }

  private Table settingsBesideMetrics(String peer) {
    List<Row> rows = new ArrayList<>();
    for (String setting : findings.settings()) {
      rows.addAll(rows(setting, "", findings.runs(peer, setting), metrics));
    }
    return new Table(peer, header("setting", metrics), rows);
  }

  private Table peersBesideMetrics(String setting) {
    List<Report.Metric> measured =
        metrics.stream().filter(metric -> isMeasured(metric, setting)).toList();
    List<Row> rows = new ArrayList<>();
    for (String peer : findings.peers()) {
      rows.addAll(rows(peer, peer, findings.runs(peer, setting), measured));
    }
    return new Table(setting, header("peer", measured), rows);
  }

  /// Whether a column for it would hold anything. If all peers failed, all columns stay.
  private boolean isMeasured(Report.Metric metric, String setting) {
    List<Sample> good =
        findings.peers().stream()
            .map(peer -> findings.runs(peer, setting))
            .flatMap(runs -> Stream.concat(runs.steady().stream(), runs.warmUps().stream()))
            .toList();
    return good.isEmpty()
        || good.stream().anyMatch(sample -> sample.values().containsKey(metric.name()));
  }

  private static List<String> header(String first, List<Report.Metric> metrics) {
    return Stream.concat(Stream.of(first, "runs"), metrics.stream().map(ResultTables::title))
        .toList();
  }

  /// `CPU, user (s) ↓`.
  static String title(Report.Metric metric) {
    return metric.label()
        + (metric.unit().isEmpty() ? "" : " (" + metric.unit() + ")")
        + switch (metric.better()) {
          case LOWER -> " ↓";
          case HIGHER -> " ↑";
          case NEITHER -> "";
        };
  }

  private static List<Row> rows(String name, String peer, Runs runs, List<Report.Metric> metrics) {
    List<Row> rows = new ArrayList<>();
    if (runs.tried() > 0) {
      List<Cell> cells = new ArrayList<>();
      cells.add(count(runs));
      for (Report.Metric metric : metrics) {
        cells.add(
            runs.steady().isEmpty() && !runs.failed().isEmpty()
                ? new Cell("failed", "", true)
                : runs.steady(metric.name())
                    .map(spread -> figure(spread, metric, runs.steady().size()))
                    .orElse(Cell.NOTHING));
      }
      rows.add(new Row(name, peer, false, cells));
    }
    if (!runs.warmUps().isEmpty()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(String.valueOf(runs.warmUps().size())));
      for (Report.Metric metric : metrics) {
        cells.add(
            runs.warmUp(metric.name())
                .map(spread -> figure(spread, metric, runs.warmUps().size()))
                .orElse(Cell.NOTHING));
      }
      rows.add(new Row(name + ", " + runs.firstRun(), peer, true, cells));
    }
    return rows;
  }

  private static Cell count(Runs runs) {
    return runs.failed().isEmpty()
        ? Cell.of(String.valueOf(runs.steady().size()))
        : new Cell(runs.steady().size() + " of " + runs.tried(), runs.failure(), true);
  }

  /// @param runs that the row is over; said in the cell if this figure is over fewer
  private static Cell figure(Spread spread, Report.Metric metric, int runs) {
    String range = spread.runs() == 1 ? "" : range(spread, metric);
    String count = spread.runs() == runs ? "" : NumberText.runs(spread.runs());
    String comma = range.isEmpty() || count.isEmpty() ? "" : ", ";
    return new Cell(NumberText.of(spread.median(), metric), range + comma + count, false);
  }

  static String range(Spread spread, Report.Metric metric) {
    return NumberText.of(spread.smallest(), metric) + "–" + NumberText.of(spread.largest(), metric);
  }

  private Table peersBesideSettings(Report.Metric metric) {
    List<Row> rows = new ArrayList<>();
    for (String peer : findings.peers()) {
      List<Runs> runs =
          findings.settings().stream().map(setting -> findings.runs(peer, setting)).toList();
      if (runs.stream().anyMatch(some -> some.tried() > 0)) {
        rows.add(
            new Row(peer, peer, false, runs.stream().map(some -> cell(some, metric)).toList()));
      }
      if (runs.stream().anyMatch(some -> !some.warmUps().isEmpty())) {
        List<Cell> cells =
            runs.stream().map(some -> counted(some.warmUp(metric.name()), metric, "")).toList();
        rows.add(new Row(peer + ", first run", peer, true, cells));
      }
    }
    List<String> header = Stream.concat(Stream.of("peer"), findings.settings().stream()).toList();
    return new Table(title(metric), header, rows);
  }

  private static Cell cell(Runs runs, Report.Metric metric) {
    return runs.steady().isEmpty() && !runs.failed().isEmpty()
        ? new Cell(runs.failure(), "", true)
        : counted(runs.steady(metric.name()), metric, runs.failure());
  }

  private static Cell counted(Optional<Spread> found, Report.Metric metric, String failure) {
    if (found.isEmpty()) {
      return failure.isEmpty() ? Cell.NOTHING : new Cell(failure, "", true);
    }
    Spread spread = found.get();
    String range = spread.runs() == 1 ? "" : range(spread, metric) + ", ";
    String more = failure.isEmpty() ? "" : "; " + failure;
    return new Cell(
        NumberText.of(spread.median(), metric),
        range + NumberText.runs(spread.runs()) + more,
        !failure.isEmpty());
  }
}
