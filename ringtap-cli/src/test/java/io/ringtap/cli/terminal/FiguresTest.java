package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  private final StringBuilder text = new StringBuilder();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.25, 0.25",
    "7, 7",
    "7.5, 7.50",
    "12.34, 12.3",
    "99.96, 100",
    "999, 999",
    "999.6, 1.00k",
    "1000, 1.00k",
    "9994, 9.99k",
    "99940, 99.9k",
    "123456, 123k",
    "999499, 999k",
    "999500, 1.00M",
    "1.488e10, 14.9G",
    "4e11, 400G",
    "1204, 1.20k",
    "9996, 10.0k",
    "12345, 12.3k",
    "99960, 100k",
    "616e6, 616M",
    "1.2e9, 1.20G",
    "5e15, 5.00P",
    "5e18, 5000P"
  })
  void haveThreeDigits(double value, String expected) {
    assertThat(Figures.si(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bit/s", "800, 800 bit/s", "82900, 82.9 kbit/s", "616.4e6, 616 Mbit/s"})
  void standApartFromTheirUnit(double value, String expected) {
    assertThat(Figures.bitRate(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0%", "0.1234, 12.3%", "1, 100.0%"})
  void ofPartsArePercent(double value, String expected) {
    assertThat(Figures.share(value)).isEqualTo(expected);
  }

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
