package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesViewTest {
  private static final int WIDE = Integer.MAX_VALUE;

  private final Example example = new Example();

  private LinesView view(LinesView.Style style) {
    return new LinesView(example.out, example.messages, style, () -> Example.NOON);
  }

  @Test
  void tellsEachTargetInAnAlignedLineAndTheTotalsOnStandardError() {
    LinesView view = view(new LinesView.Style(false, OutcomeText.Style.PLAIN, WIDE));

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());
    view.onSummary(Example.summary(Example.REQUEST));
    view.onSummary(Example.silent(Example.IPV6_REQUEST));
    view.onSummary(Example.troubled(Example.REQUEST));
    view.onEnd(
        new PingTotals(3, 2, new PingCounts(13, 4, 1, 3, 1, 3, 1, 3, 1, 4, 2, 5, 0, 0, 6)),
        1_234_567_890);

    assertThat(example.told())
        .isEqualTo(
            """
            192.0.2.7       : xmt/rcv/%loss = 4/3/25%, min/avg/max = 0.031/0.038/0.047, p50/p90/p99 = 0.036/0.047/0.047, stddev/jitter = 0.007/0.002 ms
            2001:db8::7     : xmt/rcv/%loss = 0/0/-, +2 not sent
            192.0.2.7       : xmt/rcv/%loss = 9/1/87.5%, min/avg/max = 0.031/0.031/0.031, p50/p90/p99 = 0.031/0.031/0.031, stddev/jitter = 0.000/0.000 ms, +1 late, +4 late errors, +2 duplicates, +3 corrupted, +1 errors, +1 from another address, +1 not sent, +1 undecided, +5 departures not seen, +6 notices
            """);
    assertThat(example.toldOnStandardError())
        .isEqualTo(
            """
            3 targets: 2 reachable, 1 not; 13 sent, 4 answered, 66.6667% loss, +1 late,
            +4 late errors, +2 duplicates, +3 corrupted, +1 errors, +1 from another address,
            +3 not sent, +1 undecided, +5 departures not seen, +6 notices; 1234 ms
            """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 65_536, 999_999, 123_456_789_012L})
  void totalsFitATerminalHoweverManyTheyAre(long many) {
    LinesView view = view(new LinesView.Style(false, OutcomeText.Style.PLAIN, 80));
    PingCounts counts =
        new PingCounts(
            3 * many, many, many, many, many, many, many, many, many, many, many, many, many, many,
            many);

    view.onEnd(new PingTotals(2 * many, many, counts), 86_400_000_000_000L);

    String totals = example.toldOnStandardError();
    assertThat(totals.lines()).allSatisfy(line -> assertThat(line.length()).isBetween(1, 80));
    assertThat(totals.replace('\n', ' '))
        .startsWith(2 * many + " targets: " + many + " reachable, " + many + " not; ")
        .contains(", +" + many + " from another address, +" + many + " not sent, ")
        .endsWith("; 86400000 ms ");
  }

  @Test
  void beginsLinesWithTheTimeWhenAsked() {
    LinesView view =
        view(new LinesView.Style(true, new OutcomeText.Style(true, false, false), WIDE));

    view.onSummary(Example.silent(Example.REQUEST));

    assertThat(example.told())
        .isEqualTo("[1700000000.123457] 192.0.2.7       : xmt/rcv/%loss = 0/0/-, +2 not sent\n");
  }

  @Test
  void hasALineForEachProbeWhenAsked() {
    LinesView view = view(new LinesView.Style(true, OutcomeText.Style.PLAIN, WIDE));
    PingRequest named = Example.IPV6_REQUEST.withAttachment(Target.named("example.net"));

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());
    view.onOutcome(named, Example.OUTCOMES.get(8));
    view.onOutcome(Example.REQUEST, new PingOutcome.Withdrawn(2, Example.NOON));
    view.onSummary(Example.silent(named));
    view.onOutcome(named, Example.OUTCOMES.get(10));

    assertThat(example.told())
        .isEqualTo(
            """
            192.0.2.7       : 26 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.031 ms
            example.net (2001:db8::7) : no answer for icmp_seq=7 within 1000 ms
            example.net (2001:db8::7) : xmt/rcv/%loss = 0/0/-, +2 not sent
            """);
  }

  @ParameterizedTest
  @CsvSource({"200, true, true", "110, true, false", "80, false, false", "10, false, false"})
  void leavesOutWhatTheTerminalHasNoColumnsFor(
      int columns, boolean hasQuantiles, boolean hasJitter) {
    LinesView view = view(new LinesView.Style(false, OutcomeText.Style.PLAIN, columns));

    view.onSummary(Example.summary(Example.REQUEST));

    String line = example.told();
    assertThat(line).contains("xmt/rcv/%loss = 4/3/25%, min/avg/max = 0.031/0.038/0.047");
    assertThat(line.contains("p50/p90/p99")).isEqualTo(hasQuantiles);
    assertThat(line.contains("stddev/jitter")).isEqualTo(hasJitter);
    assertThat(line.length() - 1).isLessThanOrEqualTo(Math.max(columns, 80));
  }
}
