package io.ringtap.monitor.tui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final long MILLI = 1_000_000;

  @Test
  void beginsAtZeroAndHasRoundSteps() {
    Scale scale = Scale.of(3 * MILLI, 37 * MILLI, 4);

    assertThat(scale.bottom()).isZero();
    assertThat(scale.step()).isEqualTo(10e6);
    assertThat(scale.top()).isEqualTo(40e6);
  }

  @Test
  void beginsNearTheTimesWhereTheyDifferLittle() {
    Scale scale = Scale.of(100 * MILLI, 104 * MILLI, 4);

    assertThat(scale.bottom()).isEqualTo(100e6);
    assertThat(scale.top()).isEqualTo(105e6);
  }

  @Test
  void labelsEachRoundValueOnce() {
    Scale scale = Scale.of(0, 37 * MILLI, 4);
    int labels = 0;
    for (int row = 0; row < 10; row++) {
      labels += Double.isNaN(scale.labelIn(row, 10)) ? 0 : 1;
    }

    assertThat(labels).isEqualTo(4); // 0, 10, 20, 30: the top is the edge
    assertThat(scale.labelIn(0, 10)).isZero();
  }

  @Test
  void hasSomeHeightForTimesThatAreAllTheSame() {
    Scale scale = Scale.of(5 * MILLI, 5 * MILLI, 3);

    assertThat(scale.top()).isGreaterThan(5e6);
    assertThat(scale.bottom()).isLessThanOrEqualTo(5e6);
  }
}
