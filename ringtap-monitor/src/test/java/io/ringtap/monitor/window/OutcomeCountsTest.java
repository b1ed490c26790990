package io.ringtap.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeCountsTest {
  @Test
  void countsOnlyWhatSaysSomethingOfTheNetworkAsLoss() {
    OutcomeCounts counts = new OutcomeCounts();
    counts.add(Outcome.REPLY, 6);
    counts.add(Outcome.LOST);
    counts.add(Outcome.ERROR);
    counts.add(Outcome.DROPPED, 100);
    counts.add(Outcome.WITHDRAWN, 10);
    counts.add(Outcome.UNSENT, 1000);
    counts.add(Outcome.LATE, 5);

    assertThat(counts.decided()).isEqualTo(8);
    assertThat(counts.sent()).isEqualTo(118);
    assertThat(counts.lossRatio()).isEqualTo(0.25);
  }

  @Test
  void hasNoLossRatioWhereNothingIsDecided() {
    OutcomeCounts counts = new OutcomeCounts();
    counts.add(Outcome.UNSENT, 3);

    assertThat(counts.lossRatio()).isNaN();
    assertThat(counts.isEmpty()).isFalse();
    assertThat(new OutcomeCounts().isEmpty()).isTrue();
  }

  @Test
  void addsUpAndCopies() {
    OutcomeCounts some = new OutcomeCounts();
    some.add(Outcome.REPLY, 2);
    OutcomeCounts copy = some.copy();
    copy.add(some);
    some.clear();

    assertThat(copy.get(Outcome.REPLY)).isEqualTo(4);
    assertThat(some.isEmpty()).isTrue();
  }

  @Test
  void hasOutcomesByTheirStoredIndex() {
    for (Outcome outcome : Outcome.values()) {
      assertThat(Outcome.of(outcome.index())).isEqualTo(outcome);
    }
  }
}
