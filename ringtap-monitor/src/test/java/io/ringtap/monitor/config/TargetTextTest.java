package io.ringtap.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTextTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, , 1",
    "10.0.0.0/30, 10.0.0.0/30, , 4",
    "10.0.0.1-10.0.0.9, 10.0.0.1-10.0.0.9, , 9",
    "::1, ::1, , 1",
    "2001:db8::/120, 2001:db8::/120, , 256",
    "::1-::9, ::1-::9, , 9",
    "fe80::1%eth0, fe80::1, eth0, 1",
    "fe80::1%br-lan, fe80::1, br-lan, 1",
    "2001:db8::/32, 2001:db8::/32, , 9223372036854775807"
  })
  void readsAddressesPrefixesAndRanges(String text, String range, String scope, long size) {
    TargetText target = TargetText.parse(text);

    assertThat(target).isEqualTo(new TargetText.Addresses(IpRange.parse(range), scope));
    assertThat(target.size()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "r1.example.net", "r-1.example.", "1and1.example", "_x.net"})
  void readsNames(String text) {
    assertThat(TargetText.parse(text)).isEqualTo(new TargetText.Name(text));
  }

  @Test
  void readsNamesBeyondAsciiAsDnsHasThem() {
    assertThat(TargetText.parse("b\u00fccher.example"))
        .isEqualTo(new TargetText.Name("xn--bcher-kva.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "-x",
        "a..b",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.1/33",
        "10.0.0.9-10.0.0.1",
        "10.0.0.1-::1",
        "http://a.example/",
        "a.example/24",
        "fe80::1%",
        "10.0.0.1%eth0",
        "::1::2",
        "a\nb"
      })
  void refusesWhatIsNoTarget(String text) {
    assertThatThrownBy(() -> TargetText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("\n");
  }
}
