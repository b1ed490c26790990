package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpTypeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, Echo Reply, false",
    "3, 0, Destination Net Unreachable, true",
    "3, 1, Destination Host Unreachable, true",
    "3, 3, Destination Port Unreachable, true",
    "3, 4, Frag needed and DF set, true",
    "3, 13, Packet filtered, true",
    "3, 99, 'Destination Unreachable, code 99', true",
    "4, 0, Source Quench, true",
    "5, 1, Redirect Host, true",
    "8, 0, Echo Request, false",
    "11, 0, Time to live exceeded, true",
    "11, 1, Frag reassembly time exceeded, true",
    "12, 0, Parameter problem, true",
    "200, 7, ICMP type 200 code 7, false",
  })
  void speaksTheWordsOfPing(int type, int code, String words, boolean isQuoting) {
    assertThat(IcmpType.description(type, code)).isEqualTo(words);
    assertThat(IcmpType.isQuoting(type)).isEqualTo(isQuoting);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, Destination unreachable: No route, true",
    "1, 3, Destination unreachable: Address unreachable, true",
    "1, 4, Destination unreachable: Port unreachable, true",
    "1, 77, Destination unreachable: code 77, true",
    "2, 0, Packet too big, true",
    "3, 0, Time exceeded: Hop limit, true",
    "3, 1, Time exceeded: Defragmentation failure, true",
    "4, 1, Parameter problem: Unknown header, true",
    "128, 0, Echo request, false",
    "129, 0, Echo reply, false",
    "135, 0, ICMPv6 type 135 code 0, false",
  })
  void speaksTheWordsOfPingForIpv6(int type, int code, String words, boolean isQuoting) {
    assertThat(Icmpv6Type.description(type, code)).isEqualTo(words);
    assertThat(Icmpv6Type.isQuoting(type)).isEqualTo(isQuoting);
  }
}
