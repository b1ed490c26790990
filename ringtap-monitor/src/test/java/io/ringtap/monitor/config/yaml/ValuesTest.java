package io.ringtap.monitor.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "200ms, PT0.2S",
    "1s, PT1S",
    "1m30s, PT1M30S",
    "6h, PT6H",
    "7d, PT168H",
    "2w, PT336H",
    "5y, PT43800H",
    "1.5s, PT1.5S",
    "500us, PT0.0005S",
    "7ns, PT0.000000007S",
    "0, PT0S"
  })
  void readsDurations(String text, Duration duration) {
    assertThat(Values.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "s", "1x", "-1s", "1s1m", "1s1s", "1 s", "1s ", "1e3s", "999999999999y"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Values.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "200ms", "1s", "1m30s", "42d", "5y", "1y1d1h1m1s1ms1us1ns"})
  void writesDurationsAsItReadsThem(String text) {
    assertThat(Values.text(Values.duration(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "500MB, 500000000",
    "10GB, 10000000000",
    "1.5GiB, 1610612736",
    "1 kB, 1000",
    "7B, 7",
    "2T, 2000000000000"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Values.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "MB", "10mb", "-1MB", "10iB", "10 GB "})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Values.size(text)).hasMessageContaining("is not a size");
  }

  @Test
  void readsPartsFactorsNumbersAndTimes() {
    assertThat(Values.percent("5%")).isEqualTo(0.05);
    assertThat(Values.factor("1.5x")).isEqualTo(1.5);
    assertThat(Values.whole("0x20", 0, 255)).isEqualTo(32);
    assertThat(Values.whole("010", 0, 255)).isEqualTo(10);
    assertThat(Values.instant("2026-12-01T23:00:00+01:00"))
        .isEqualTo(Instant.parse("2026-12-01T22:00:00Z"));
  }

  @Test
  void refusesPartsFactorsNumbersAndTimesInOtherForms() {
    assertThatThrownBy(() -> Values.percent("0.05")).hasMessageContaining("write it as 5%");
    assertThatThrownBy(() -> Values.percent("101%")).hasMessageContaining("not a part of all");
    assertThatThrownBy(() -> Values.factor("2")).hasMessageContaining("write it as 2x");
    assertThatThrownBy(() -> Values.whole("256", 0, 255)).hasMessageContaining("from 0 to 255");
    assertThatThrownBy(() -> Values.instant("2026-12-01T22:00"))
        .hasMessageContaining("with its offset from UTC");
  }
}
