package io.ringtap.cli.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "200ms, 200000000",
    "1s, 1000000000",
    "500us, 500000",
    "500µs, 500000",
    "7ns, 7",
    "2m, 120000000000",
    "2min, 120000000000",
    "1h, 3600000000000",
    "0.2, 200000000",
    "1, 1000000000",
    ".5, 500000000",
    "1.5ms, 1500000",
    "0, 0"
  })
  void readsDurations(String text, long nanos) {
    assertThat(new DurationConverter().convert(text).toNanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "1 s",
        "-1",
        "1x",
        "1.2.3",
        ".",
        "1e3",
        "99999999999999999999999s",
        "9999999999999h"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .hasMessage("'" + text + "' is not a duration, such as 200ms, 1s, 500us or 0.2 (seconds)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "500, 500",
    "10k, 10000",
    "10K, 10000",
    "1M, 1000000",
    "1.5m, 1500000",
    "10G, 10000000000",
    "0.5, 0.5"
  })
  void readsRates(String text, double rate) {
    assertThat(new Numbers.Rate().convert(text)).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "10T", "NaN", "1.2.3k", "fast", "1e6"})
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> new Numbers.Rate().convert(text))
        .hasMessage("'" + text + "' is not a rate, such as 500, 10k or 1M, or 0 for no limit");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "184, 184",
    "0xb8, 184",
    "0xFFFFFFFF, 4294967295",
    "10k, 10000",
    "10K, 10000",
    "4M, 4000000",
    "1.5M, 1500000",
    "1G, 1000000000",
    "0.001k, 1"
  })
  void readsWholeNumbers(String text, long number) {
    assertThat(Numbers.whole(text, 0, 0xFFFF_FFFFL)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k",
        "0x",
        "0x1ffffffff",
        "-1",
        "1.5",
        "1.0005k",
        "10kk",
        "1e3",
        "5G",
        "seven",
        "4294967296",
        "99999999999999999999",
        "9999999999999999999999999999999999999999999999999999"
      })
  void refusesNumbersOutsideTheirRange(String text) {
    assertThatThrownBy(() -> Numbers.whole(text, 0, 0xFFFF_FFFFL))
        .hasMessage("'" + text + "' is not a whole number from 0 to 4294967295");
  }
}
