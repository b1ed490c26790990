package io.ringtap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.send.Pace;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SweepConvertersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          443                  | false | 443
          80,443,80            | false | 80 443
          T:80                 | false | 80
          tcp:80,8000-8003     | false | 80 8000 8001 8002 8003
          U:53                 | true  | 53
          udp:53,123           | true  | 53 123
          """)
  void takesPortsAsZmapAndNmapDo(String text, boolean isUdp, String ports) {
    PortList list = new PortList.Converter().convert(text);

    assertThat(list.isUdp()).isEqualTo(isUdp);
    assertThat(list.ports().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .isEqualTo(ports);
  }

  @Test
  void takesAllPorts() {
    assertThat(new PortList.Converter().convert("1-65535").ports()).hasSize(65_535);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "65536", "80,", "9-8", "http", "X:80", "80,U:53", "U:53,T:80", "-", "1-"})
  void refusesOtherPorts(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new PortList.Converter().convert(text))
        .withMessageContaining("'");
  }

  @ParameterizedTest
  @CsvSource({
    "500, false, 500",
    "10k, false, 10000",
    "1.5Mpps, false, 1500000",
    "2k/s, false, 2000",
    "10Mbit, true, 10000000",
    "1Gbps, true, 1000000000",
    "8kbit/s, true, 8000"
  })
  void takesRatesInPacketsAndBits(String text, boolean isBits, double rate) {
    assertThat(new PaceConverter().convert(text))
        .isEqualTo(isBits ? Pace.bitsPerSecond(rate) : Pace.packetsPerSecond(rate));
  }

  @Test
  void takesZeroForNoLimit() {
    assertThat(new PaceConverter().convert("0")).isEqualTo(Pace.asFastAsPossible());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "fast", "10MB", "bit", "1e5"})
  void refusesOtherRates(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new PaceConverter().convert(text))
        .withMessageContaining("is not a rate");
  }

  @Test
  void takesFieldsByTheirNames() {
    OutputField.ListConverter converter = new OutputField.ListConverter();

    assertThat(converter.convert("saddr,rtt_ns"))
        .isEqualTo(List.of(OutputField.SADDR, OutputField.RTT_NS));
    assertThat(converter.convert("*")).containsExactly(OutputField.values());
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert("saddr,nope"))
        .withMessageStartingWith("there is no field 'nope', but saddr, daddr, ");
  }
}
