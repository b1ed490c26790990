package io.ringtap.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import org.junit.jupiter.api.Test;

/// What reports say of losses.
class TraceTallyTest {
  private static final IpAddress TARGET = IpAddress.parse("198.51.100.7");
  private static final IpAddress ROUTER = IpAddress.parse("203.0.113.9");

  private final TraceTally tally = new TraceTally(TARGET);

  private void answers(int hopLimit, IpAddress from, int number) {
    for (int round = 0; round < number; round++) {
      var probe = new TraceOutcome.Probe(TARGET, hopLimit, 0, round);
      boolean isTarget = from.equals(TARGET);
      tally.add(new TraceOutcome.Answer(probe, from, isTarget, null, 64, 1000, StampSource.KERNEL));
    }
  }

  private void losses(int hopLimit, int number) {
    for (int round = 0; round < number; round++) {
      tally.add(new TraceOutcome.TimedOut(new TraceOutcome.Probe(TARGET, hopLimit, 0, round)));
    }
  }

  @Test
  void tellsARouterThatAnswersFewFromOneThatLoses() {
    answers(1, ROUTER, 2);
    losses(1, 8);
    losses(2, 10);
    answers(3, ROUTER, 5);
    losses(3, 5);
    answers(4, TARGET, 5);
    losses(4, 5);

    TraceReport report = tally.report();

    assertThat(report.isReached()).isTrue();
    assertThat(report.hops())
        .extracting(TraceReport.Hop::isRateLimited)
        .containsExactly(true, false, false, false);
    assertThat(report.hops())
        .extracting(TraceReport.Hop::isSilent)
        .containsExactly(false, true, false, false);
    assertThat(report.hops()).extracting(TraceReport.Hop::forwardedLoss).containsOnly(0.5);
  }

  @Test
  void endsAtTheTargetAndCountsWhatLiesBeyond() {
    answers(2, TARGET, 3);
    answers(1, ROUTER, 3);
    answers(3, TARGET, 2);
    losses(4, 1);

    TraceReport report = tally.report();

    assertThat(report.hops()).extracting(TraceReport.Hop::hopLimit).containsExactly(1, 2);
    assertThat(report.beyond()).isEqualTo(new TraceReport.Counts(2, 1, 0, 0, 0));
  }
}
