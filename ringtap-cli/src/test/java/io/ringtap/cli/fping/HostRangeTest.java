package io.ringtap.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRangeTest {
  private static HostRange range(String first, int size) {
    return new HostRange(IpAddress.parse(first), size, "", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 1",
    "10.0.0.8, 2",
    "10.0.0.9, 2",
    "10.0.0.99, 1",
    "10.0.0.99, 2",
    "10.0.0.255, 2",
    "10.0.9.1, 254",
    "10.0.9.1, 300",
    "9.255.255.255, 2",
    "10.0.255.255, 1",
    "99.255.255.255, 2",
    "192.0.2.0, 5000",
    "fd00::fffe, 3",
    "fd00::ffff:ffff:ffff:ffff, 2"
  })
  void isAsWideAsItsLongestLabel(String first, int size) {
    HostRange range = range(first, size);

    int widest =
        IntStream.range(0, size).map(host -> range.given(host).length()).max().orElseThrow();

    assertThat(range.width()).isEqualTo(widest);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.255, 1, 10.0.1.0",
    "fd00::ffff:ffff:ffff:ffff, 1, fd00:0:0:1::",
    "fd00::, 65536, fd00::1:0"
  })
  void countsOnWithACarry(String first, int host, String address) {
    HostRange range = range(first, 100_000);

    assertThat(range.address(host)).isEqualTo(IpAddress.parse(address));
    assertThat(range.given(host)).isEqualTo(address);
    assertThat(range.indexOf(range.request(host, PingOptions.DEFAULT))).isEqualTo(host);
  }

  @Test
  void hasItsScopeInLabelsAndRequests() {
    HostRange range = new HostRange(IpAddress.parse("fe80::9"), 2, "%eth0", 7);

    assertThat(range.given(1)).isEqualTo("fe80::a%eth0");
    assertThat(range.width()).isEqualTo("fe80::9%eth0".length());
    assertThat(range.request(1, PingOptions.DEFAULT).scopeId()).isEqualTo(7);
  }
}
