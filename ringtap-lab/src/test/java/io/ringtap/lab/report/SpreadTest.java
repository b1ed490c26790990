package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnOddNumberOfRuns() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9, 3));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumberOfRuns() {
    assertThat(Spread.of(List.of(9.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 9, 4));
  }

  @Test
  void isOneValueForOneRun() {
    assertThat(Spread.of(List.of(-7.0))).isEqualTo(new Spread(-7, -7, -7, 1));
  }

  @Test
  void doesNotOverflowBetweenTwoLargeValues() {
    assertThat(Spread.of(List.of(Double.MAX_VALUE, Double.MAX_VALUE)).median())
        .isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void overlapsFromTheFirstCommonValueOn() {
    Spread spread = new Spread(2, 1, 3, 3);

    assertThat(spread.overlaps(new Spread(4, 3, 5, 3))).isTrue();
    assertThat(spread.overlaps(new Spread(0, -1, 1, 3))).isTrue();
    assertThat(spread.overlaps(new Spread(2, 1.5, 2.5, 3))).isTrue();
    assertThat(spread.overlaps(new Spread(4, 3.1, 5, 3))).isFalse();
    assertThat(spread.overlaps(new Spread(0, -1, 0.9, 3))).isFalse();
  }
}
