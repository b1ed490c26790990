package io.ringtap.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.filter.syntax.Expression.And;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Expression.Or;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", " \t\r\n "})
  void saysNothingOfBlanks(String text) {
    assertThat(Parser.parse(text)).isNull();
  }

  @Test
  void tellsWhereEachPartBegins() {
    Qualifiers port = new Qualifiers(ProtocolWord.TCP, null, Qualifiers.Kind.PORT);

    Expression expression = Parser.parse(" tcp port 80 or 443 and \\ip");

    assertThat(expression)
        .isEqualTo(
            new And(
                new Or(
                    new Match(port, new Operand.Number(80), 1, 10),
                    new Match(port, new Operand.Number(443), 16, 16),
                    1),
                new Match(port, new Operand.Name("ip"), 24, 24),
                1));
  }

  @ParameterizedTest
  @CsvSource({
    "ip or tcp and udp,                  ((ip or tcp) and udp)",
    "ip and tcp or udp and arp,          (((ip and tcp) or udp) and arp)",
    "ip or (tcp and udp),                (ip or (tcp and udp))",
    "not ip and tcp,                     (not ip and tcp)",
    "! (ip && tcp) || !!udp,             (not (ip and tcp) or not not udp)",
    "((ip)),                             ip",
  })
  void bindsAndAndOrAlikeAndNotCloser(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "host a or b,                        (host a or host b)",
    "not host a and b,                   (not host a and host b)",
    "not host vs and ace or not port 80, ((not host vs and host ace) or not port 80)",
    "port 80 or 443,                     (port 80 or port 443)",
    "port 80 or (443 or 22),             (port 80 or (port 443 or port 22))",
    "port 80 or ((443) or not 22),       (port 80 or (port 443 or not port 22))",
    "tcp dst port (80 or 443),           (tcp dst port 80 or tcp dst port 443)",
    "tcp port (80 or (81 or 82) and 83), ((tcp port 80 or (tcp port 81 or tcp port 82)) and tcp"
        + " port 83)",
    "port not 80 or 443,                 (not port 80 or port 443)",
    "port not (80 or 443),               not (port 80 or port 443)",
    "host a and port 80 or 443,          ((host a and port 80) or port 443)",
    "host a and (port 80 or 443) and b,  ((host a and (port 80 or port 443)) and host b)",
    "port 80 and (tcp) and 443,          ((port 80 and tcp) and port 443)",
    "host a and (b or port 80),          (host a and (host b or port 80))",
    "src net 10 or 11/8 or 10.1,         ((src net 10 or src net 11/8) or src net 10.1)",
    "port 80 and 443 = len,              (port 80 and 443 = len)",
    "port 80 or -1 = len or (22) < 5,    ((port 80 or (- 1) = len) or 22 < 5)",
    "ip proto (\\tcp or 17),             (ip proto \\tcp or ip proto 17)",
  })
  void givesOperandsTheQualifiersOfTheOneBefore(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "src or dst host a,           src or dst host a",
    "dst or src host a,           src or dst host a",
    "src && dst port 5,           src and dst port 5",
    "ip src a,                    ip src a",
    "link host aabbccddeeff,      ether host aa:bb:cc:dd:ee:ff",
    "net 10,                      net 10",
    "net 10.1/16,                 net 10.1/16",
    "net 10/8,                    net 10/8",
    "net 10.0 mask 255.0,         net 10.0 mask 255.0",
    "net 10 mask 255.0.0.0,       net 10 mask 255.0.0.0",
    "ip6 host ::1,                ip6 host 0000:0000:0000:0000:0000:0000:0000:0001",
    "net fe80::/10,               net fe80:0000:0000:0000:0000:0000:0000:0000/10",
    "portrange http-https,        portrange http-https",
    "portrange 20-ftp-data,       portrange 20-ftp-data",
    "portrange ftp-data-22,       portrange ftp-data-22",
    "portrange 80,                portrange 80",
    "ether proto \\ip,            ether proto \\ip",
    "ip6 protochain 6,            ip6 protochain 6",
    "gateway gw,                  gateway gw",
    "iso proto \\esis,            iso proto \\esis",
    "decnet src 10.123,           decnet src 10363",
    "host \\host,                 host \\host",
    "port tcp-syn,                port 2",
    "host on,                     host \\on",
  })
  void readsQualifiersAndOperands(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "es-is or is-is,              (esis or isis)",
    "ip broadcast or multicast,   (ip broadcast or multicast)",
    "less 0x10 or greater 010,    (less 16 or greater 8)",
    "inbound or outbound,         (inbound or outbound)",
    "ifindex 3,                   ifindex 3",
    "vlan,                        vlan",
    "vlan 5 && vlan ((6)),        (vlan 5 and vlan 6)",
    "mpls 1048575 or mpls,        (mpls 1048575 or mpls)",
    "pppoed or pppoes 0x27,       (pppoed or pppoes 39)",
    "geneve 11 and vxlan 16777215, (geneve 11 and vxlan 16777215)",
    "llc or llc rr or llc I or llc rnr, (((llc or llc rr) or llc i) or llc rnr)",
  })
  void readsWordsOfTheirOwn(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "8 - 2 - 1 = len,             ((8 - 2) - 1) = len",
    "1 | 2 & 3 << 4 + 5 * 6 = 0,  (1 | (2 & (3 << (4 + (5 * 6))))) = 0",
    "1 * 2 + 3 >> 4 & 5 | 6 = 0,  (((((1 * 2) + 3) >> 4) & 0x5) | 0x6) = 0",
    "100 / 5 / 2 = len,           ((100 / 5) / 2) = len",
    "- 7 * 4 = len,               ((- 7) * 4) = len",
    "--5 = len,                   (- (- 5)) = len",
    "(1 + 2) * 3 = (len),         ((1 + 2) * 3) = len",
    "((ip[0]) + 1) * 2 = 5,       ((ip[0] + 1) * 2) = 5",
    "(((ip[0])) = 5),             ip[0] = 5",
    "length >= 5,                 len >= 5",
    "ip[ip[0] & 0xf:2] != 1,      ip[(ip[0] & 0xf):2] != 1",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) == 0, (tcp[13] & (2 | 0x1)) = 0",
    "icmp [ icmptype : 1 ] < icmp-echo, icmp[0] < 8",
    "5 > 4294967295,              5 > 4294967295",
  })
  void readsNumbersByRank(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "1 + 2 ^ 3 = len,             (1 + (2 ^ 0x3)) = len",
    "6 ^ 3 & 1 = len,             (6 ^ (3 & 0x1)) = len",
    "17 % 7 % 2 = len,            (17 % (7 % 2)) = len",
    "7 * 5 % 3 + 1 = len,         (7 * (5 % (3 + 1))) = len",
    "- 7 % 4 = len,               (- (7 % 4)) = len",
  })
  void givesModuloAndXorEverythingAfterThemAsLibpcapDoes(String text, String meaning) {
    assertThat(meaning(text)).isEqualTo(meaning);
  }

  private static String meaning(String text) {
    return ExpressionText.grouped(Objects.requireNonNull(Parser.parse(text)));
  }
}
