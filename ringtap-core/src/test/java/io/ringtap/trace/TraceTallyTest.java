package io.ringtap.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringtap.packet.IpAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What reports say of losses.
class TraceTallyTest {
  private static final IpAddress TARGET = IpAddress.parse("198.51.100.7");
  private static final IpAddress ROUTER = IpAddress.parse("203.0.113.9");

  private final TraceTally tally = new TraceTally(TARGET, 2);

  private void answers(int hopLimit, IpAddress from, int number) {
    answers(hopLimit, from, 0, number);
  }

  private void answers(int hopLimit, IpAddress from, int path, int number) {
    JudgedAnswer judged = new JudgedAnswer();
    judged.target = TARGET;
    judged.hopLimit = hopLimit;
    judged.path = path;
    judged.isDestination = from.equals(TARGET);
    judged.rttNanos = 1000;
    judged.answer.fromLow = from.low();
    for (int i = 0; i < number; i++) {
      tally.add(judged);
    }
  }

  private void losses(int hopLimit, int number) {
    for (int i = 0; i < number; i++) {
      tally.add(hopLimit, TraceTally.Fate.LOST);
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

  @Test
  void followsAWayThatBecomesLonger() {
    answers(1, ROUTER, 1);
    answers(2, TARGET, 1);
    answers(2, ROUTER, 1);
    answers(3, TARGET, 1);

    assertThat(tally.end(0)).isEqualTo(3);
    assertThat(tally.report().hops())
        .extracting(TraceReport.Hop::hopLimit)
        .containsExactly(1, 2, 3);
  }

  @Test
  void showsTheLongestOfSeveralPaths() {
    answers(1, ROUTER, 0, 1);
    answers(2, TARGET, 0, 1);
    answers(2, ROUTER, 1, 1);
    answers(3, TARGET, 1, 1);

    TraceReport report = tally.report();

    assertThat(report.hops()).hasSize(3);
    assertThat(report.hops().get(1).responders())
        .extracting(TraceReport.Responder::address, TraceReport.Responder::paths)
        .containsExactlyInAnyOrder(tuple(TARGET, Set.of(0)), tuple(ROUTER, Set.of(1)));
  }

  @Test
  void forgetsCountsButNotWhereTheTargetIs() {
    answers(2, TARGET, 1);

    tally.clear();
    losses(3, 1);

    assertThat(tally.report().hops()).isEmpty();
    assertThat(tally.end(0)).isEqualTo(2);
  }
}
