package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Table.Cell;
import io.ringtap.lab.report.Table.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTablesTest {
  private static final Report.Metric TIME =
      new Report.Metric("t", "time", "s", 1, Report.Better.LOWER);
  private static final Report.Metric RATE =
      new Report.Metric("r", "rate", "", 0, Report.Better.HIGHER);

  private static Sample sample(String peer, int run, boolean isWarmUp, Map<String, Double> values) {
    return new Sample(peer, "here", run, isWarmUp, values, List.of(), null);
  }

  private static Report report(List<Report.Metric> metrics, Sample... samples) {
    return new Report(
        "e",
        "t",
        "q",
        Instant.EPOCH,
        Duration.ZERO,
        MadeUpReport.MACHINE,
        "c",
        Map.of(),
        List.of(new Report.Peer("a", "", ""), new Report.Peer("b", "", "")),
        metrics,
        List.of(samples),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void putsPeersBesideMetricsWithTheFirstRunApart() {
    Report report =
        report(
            List.of(TIME, RATE),
            sample("a", 1, true, Map.of("t", 99.0, "r", 1.0)),
            sample("a", 1, false, Map.of("t", 3.0, "r", 1_000.0)),
            sample("a", 2, false, Map.of("t", 1.0, "r", 3_000.0)),
            sample("b", 1, false, Map.of("t", 7.0)));

    List<Table> tables = ResultTables.of(report);

    assertThat(tables)
        .containsExactly(
            new Table(
                "here",
                List.of("peer", "runs", "time (s) ↓", "rate ↑"),
                List.of(
                    new Row(
                        "a",
                        "a",
                        false,
                        List.of(
                            Cell.of("2"),
                            new Cell("2.0", "1.0–3.0", false),
                            new Cell("2,000", "1,000–3,000", false))),
                    new Row(
                        "a, first run",
                        "a",
                        true,
                        List.of(Cell.of("1"), Cell.of("99.0"), Cell.of("1"))),
                    new Row(
                        "b", "b", false, List.of(Cell.of("1"), Cell.of("7.0"), Cell.NOTHING)))));
  }

  @Test
  void tellsWhichRunsFailedAndCountsThemOut() {
    Report report =
        report(
            List.of(TIME, RATE),
            sample("a", 1, false, Map.of("t", 1.0, "r", 1.0)),
            Sample.failed("a", "here", 2, "lost its way"),
            sample("a", 3, false, Map.of("t", 2.0)),
            Sample.failed("b", "here", 1, "not there"));

    List<Row> rows = ResultTables.of(report).getFirst().rows();

    assertThat(rows.get(0).cells())
        .containsExactly(
            new Cell("2 of 3", "failed: lost its way, 1 of 3 runs", true),
            new Cell("1.5", "1.0–2.0", false),
            new Cell("1", "1 run", false));
    assertThat(rows.get(1).cells())
        .containsExactly(
            new Cell("0 of 1", "failed: not there, 1 of 1 run", true),
            new Cell("failed", "", true),
            new Cell("failed", "", true));
  }

  @Test
  void putsPeersBesideSettingsWhenThereIsOneMetric() {
    Report report =
        report(
            List.of(TIME),
            sample("a", 1, false, Map.of("t", 1.0)),
            new Sample("a", "there", 1, false, Map.of("t", 2.0), List.of(), null),
            Sample.failed("a", "there", 2, "lost its way"),
            Sample.failed("b", "there", 1, "not there"));

    assertThat(ResultTables.of(report))
        .containsExactly(
            new Table(
                "time (s) ↓",
                List.of("peer", "here", "there"),
                List.of(
                    new Row(
                        "a",
                        "a",
                        false,
                        List.of(
                            new Cell("1.0", "1 run", false),
                            new Cell("2.0", "1 run; failed: lost its way, 1 of 2 runs", true))),
                    new Row(
                        "b",
                        "b",
                        false,
                        List.of(
                            Cell.NOTHING, new Cell("failed: not there, 1 of 1 run", "", true))))));
  }

  @Test
  void putsSettingsBesideMetricsWhenThereIsOnePeer() {
    Table table = ResultTables.of(MadeUpReport.benches()).getFirst();

    assertThat(ResultTables.of(MadeUpReport.benches())).hasSize(1);
    assertThat(table.header())
        .containsExactly("setting", "runs", "time (ns/op) ↓", "allocated (B/op) ↓");
    assertThat(table.rows())
        .extracting(Row::name)
        .startsWith("Checksum.sum, bytes 1", "Checksum.sum, bytes 1, first run")
        .hasSize(6);
  }

  @Test
  void hasNoTableWithoutSamples() {
    assertThat(ResultTables.of(report(List.of(TIME)))).isEmpty();
  }

  @Test
  void writesNumbersWithSeparatorsAndTheirDecimals() {
    assertThat(NumberText.of(1_234_567.891, 1)).isEqualTo("1,234,567.9");
    assertThat(NumberText.of(-0.001, 2)).isEqualTo("0.00");
    assertThat(NumberText.of(-0.01, 2)).isEqualTo("-0.01");
    assertThat(NumberText.of(1e300, 2)).isEqualTo("1.000e+300");
    assertThat(NumberText.runs(1)).isEqualTo("1 run");
    assertThat(NumberText.runs(1_000)).isEqualTo("1,000 runs");
  }

  @Test
  void writesDurationsInTheirLargestUnits() {
    assertThat(ReportText.duration(Duration.ofMillis(4_210))).isEqualTo("4.2 s");
    assertThat(ReportText.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(ReportText.duration(Duration.ofMinutes(62))).isEqualTo("1 h 02 min");
  }
}
