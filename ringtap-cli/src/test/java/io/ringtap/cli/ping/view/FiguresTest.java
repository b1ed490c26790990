package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  private final StringBuilder text = new StringBuilder();

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "499, 0.000",
    "500, 0.001",
    "31400, 0.031",
    "999499, 0.999",
    "1000000, 1.00",
    "9994999, 9.99",
    "10000000, 10.0",
    "99949999, 99.9",
    "100000000, 100",
    "1234500000, 1235"
  })
  void showsMillisecondsWithThreeDigits(long nanos, String expected) {
    assertThat(Figures.millis(text, nanos)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0%",
    "1, 100%",
    "0.25, 25%",
    "0.875, 87.5%",
    "0.3333333333, 33.3333%",
    "0.0142857142857, 1.42857%",
    "0.001, 0.1%",
    "0.00001, 0.001%",
    "0.9999999, 100%"
  })
  void showsPercentWithoutNeedlessZeros(double ratio, String expected) {
    assertThat(Figures.percent(text, ratio)).hasToString(expected);
  }
}
