package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  private static String labels(Scale scale) {
    return String.join(" ", scale.ticks().stream().map(scale::label).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 5, 0 1 2 3 4 5",
    "0, 0.93, 5, 0.0 0.2 0.4 0.6 0.8 1.0",
    "0, 4812000, 6, '0 1,000,000 2,000,000 3,000,000 4,000,000 5,000,000'",
    "-3, 4, 4, -4 -2 0 2 4",
    "0, 0, 5, 0.0 0.2",
    "7, 7, 5, 7.000000000 7.000000002",
    "0, 0.00012, 4, 0.00000 0.00005 0.00010 0.00015",
  })
  void marksALinearAxisWithRoundNumbers(double low, double high, int about, String ticks) {
    assertThat(labels(Scale.linear(low, high, about))).isEqualTo(ticks);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 80, 10 20 50 100",
    "30, 4000, '10 100 1,000 10,000'",
    "0.004, 0.3, 0.001 0.01 0.1 1",
    "100, 100, '100 200 500 1,000'",
    "1, 1000000000, '1 100 10,000 1,000,000 100,000,000'",
  })
  void marksALogarithmicAxisWithDecades(double low, double high, String ticks) {
    assertThat(labels(Scale.logarithmic(low, high))).isEqualTo(ticks);
  }

  @Test
  void placesValuesBetweenItsEnds() {
    Scale linear = Scale.linear(0, 10, 5);
    Scale logarithmic = Scale.logarithmic(1, 1000);

    assertThat(linear.at(2.5)).isEqualTo(0.25);
    assertThat(linear.at(-1)).isZero();
    assertThat(linear.at(11)).isOne();
    assertThat(logarithmic.at(10)).isCloseTo(1 / 3.0, Offset.offset(1e-12));
    assertThat(logarithmic.at(0)).isZero();
  }

  /// Whatever the values are, they lie on the axis, and the axis is of a readable number of ticks.
  @Test
  void holdsEveryRangeWithAFewTicks() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      double a = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-12, 16));
      double b = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-12, 16));
      Scale linear = Scale.linear(Math.min(a, b), Math.max(a, b), 6);
      assertThat(linear.ticks()).hasSizeBetween(2, 9);
      double slack = (linear.high() - linear.low()) * 1e-8;
      assertThat(linear.low()).isLessThanOrEqualTo(Math.min(a, b) + slack);
      assertThat(linear.high()).isGreaterThanOrEqualTo(Math.max(a, b) - slack);
      double c = Math.abs(a);
      double d = Math.abs(b);
      Scale logarithmic = Scale.logarithmic(Math.min(c, d), Math.max(c, d));
      assertThat(logarithmic.ticks()).hasSizeBetween(2, 9);
      assertThat(logarithmic.low()).isLessThanOrEqualTo(Math.min(c, d) * (1 + 1e-8));
      assertThat(logarithmic.high()).isGreaterThanOrEqualTo(Math.max(c, d) * (1 - 1e-8));
    }
  }
}
