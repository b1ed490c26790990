package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
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
  void haveThreeDigits(double value, String text) {
    assertThat(Figures.si(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bit/s", "800, 800 bit/s", "82900, 82.9 kbit/s", "616.4e6, 616 Mbit/s"})
  void standApartFromTheirUnit(double value, String text) {
    assertThat(Figures.bitRate(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0%", "0.1234, 12.3%", "1, 100.0%"})
  void ofPartsArePercent(double value, String text) {
    assertThat(Figures.percent(value)).isEqualTo(text);
  }
}
