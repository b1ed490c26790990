package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Report.Metric COST =
      new Report.Metric("cost_ns", "Cost", "ns", 1, Report.Better.LOWER);

  @Test
  void showsMediansOfWhatIsDrawnAndWhatFailed() {
    List<Sample> samples =
        List.of(
            sample("ours", "quiet", 1, 3),
            sample("ours", "quiet", 2, 1),
            sample("ours", "quiet", 3, 2),
            sample("ours", "busy", 1, 1000),
            sample("theirs", "quiet", 1, 20),
            Sample.failed("theirs", "busy", 1, "exit code 1: \u001B[31mno such device"));

    assertThat(Summary.text(report(samples)))
        .isEqualTo(
            """
            Cost (ns) ↓
                      quiet     busy
              ours      2.0  1,000.0
              theirs   20.0   failed

            theirs, busy, run 1 failed: exit code 1:  [31mno such device
            """);
  }

  @Test
  void putsFewPeersAboveManySettings() {
    List<Sample> samples =
        List.of(sample("ours", "a", 1, 1), sample("ours", "b", 1, 2), sample("theirs", "c", 1, 3));

    assertThat(Summary.text(report(samples)))
        .isEqualTo(
            """
            Cost (ns) ↓
                 ours  theirs
              a   1.0       –
              b   2.0       –
              c     –     3.0

            """);
  }

  private static Sample sample(String peer, String setting, int run, double cost) {
    return new Sample(peer, setting, run, false, Map.of("cost_ns", cost), List.of(), null);
  }

  private static Report report(List<Sample> samples) {
    return new Report(
        "x",
        "X",
        "What?",
        Instant.EPOCH,
        Duration.ofSeconds(1),
        new Machine("cpu", 2, 1, "6", "Linux", "25", "0.1"),
        "ringtap lab x",
        Map.of(),
        List.of(new Report.Peer("ours", "", ""), new Report.Peer("theirs", "", "")),
        List.of(COST),
        samples,
        List.of(
            new Chart(Chart.Kind.BARS, "Cost", "cost_ns", List.of(), "", "ns", false),
            new Chart(Chart.Kind.LINES, "Cost", "cost_ns", List.of(), "", "ns", false)),
        List.of(),
        List.of());
  }
}
