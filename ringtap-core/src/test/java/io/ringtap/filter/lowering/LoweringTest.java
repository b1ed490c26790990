package io.ringtap.filter.lowering;

import static io.ringtap.filter.lowering.Lowered.lower;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.graph.ConditionEvaluator;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.LinkType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What tcpdump 4.99.3 with libpcap 1.10.3 says of the same frames; `vxlan` it does not know.
class LoweringTest {
  private static final int NETMASK = 0xFFFF_FF00;

  private static final FilterOptions ETHERNET =
      FilterOptions.of(LinkType.ETHERNET).withNames(new TestNames());

  private static List<String> matched(Condition condition) {
    List<String> names = new ArrayList<>();
    TestFrames.all()
        .forEach((name, frame) -> {
          if (ConditionEvaluator.accepts(condition, frame)) {
            names.add(name);
          }
        });
    return names;
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ip | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 geneve5 vxlan5 broadcast
          ip6 | tcp6 udp6-53 icmp6 group6 fragment6 geneve5-bare
          arp | arp
          host 1.2.3.4 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 arp rarp geneve5 vxlan5 broadcast
          ip src host 1.2.3.4 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 geneve5 vxlan5 broadcast
          arp dst 10.1.2.3 | arp
          src and dst host 1.2.3.4 |
          dst net 10 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 arp rarp geneve5 vxlan5 broadcast
          net 10.1.2.0/24 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 arp rarp geneve5 vxlan5 broadcast
          src net 1.2.0.0 mask 255.255.0.0 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 arp rarp geneve5 vxlan5 broadcast
          ip6 host 2001:db8::1 | tcp6 udp6-53 icmp6 group6 fragment6 geneve5-bare
          dst net 2001:db8:0:1::/64 | tcp6 udp6-53 icmp6 fragment6 geneve5-bare
          ether dst 66:77:88:99:aa:bb |
          tcp | tcp4 options4 fragment4 tcp6 fragment6
          udp and not port 53 | group4 all4 group6 geneve5 geneve5-bare vxlan5 broadcast
          icmp or icmp6 | icmp4 icmp6
          ip proto 132 | sctp4
          ip6 proto 6 | tcp6 fragment6
          port 80 | tcp4 sctp4 options4 tcp6
          src port 80 | tcp4 sctp4 options4 tcp6
          tcp dst port 1234 | tcp4 options4 tcp6
          udp port 53 | udp4-53 udp6-53
          portrange 81-70 | tcp4 sctp4 options4 tcp6
          dst portrange 1000-2000 | tcp4 sctp4 options4 tcp6
          ether proto 0x8863 | pppoed
          ether proto \\stp | stp
          llc | stp isis-l1 snap-atalk
          llc ui | stp isis-l1 snap-atalk
          iso | isis-l1
          isis | isis-l1
          l1 | isis-l1
          l2 |
          iih | isis-l1
          atalk | snap-atalk
          ipx |
          decnet src 1.2 | decnet1.2
          decnet dst 1.2 |
          broadcast | broadcast
          multicast | broadcast
          ip broadcast | all4
          ip multicast | group4
          ip6 multicast | group6
          less 60 | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 arp rarp vlan5 vlan-old mpls5 pppoed stp isis-l1 snap-atalk netware decnet1.2 broadcast
          greater 90 | geneve5 geneve5-bare vxlan5
          len = 54 | tcp4 fragment4
          vlan | vlan5 vlan6 vlan5-6 vlan-old
          vlan 5 | vlan5 vlan5-6 vlan-old
          vlan 6 | vlan6
          vlan 5 and vlan 6 | vlan5-6
          vlan and ip | vlan5
          vlan or ip | arp rarp vlan5 vlan6 vlan5-6 vlan-old
          mpls | mpls5 mpls5-6
          mpls 5 and mpls 6 | mpls5-6
          mpls and host 1.2.3.4 | mpls5
          mpls and mpls and tcp port 80 | mpls5-6
          pppoed | pppoed
          pppoes 5 and tcp src port 80 | pppoes5
          geneve | geneve5 geneve5-bare
          geneve 5 and tcp port 80 | geneve5 geneve5-bare
          geneve and ether dst 00:11:22:33:44:55 | geneve5
          geneve and vlan |
          vxlan | vxlan5
          vxlan 5 and vlan 6 and host 1.2.3.4 | vxlan5
          vxlan 6 |
          ether[12:2] = 0x806 | arp
          ip[8] > 63 and tcp[13] & 2 != 0 | tcp4 options4
          tcp[2:2] = 1234 | tcp4 options4
          icmp[icmptype] = icmp-echo | icmp4
          icmp6[0] = 128 | icmp6
          ip[(ip[0] & 15) * 4:2] = 80 | tcp4 sctp4 options4 fragment4
          arp[6:2] + 1 = 2 | arp
          """)
  void matchesTheFramesThatTcpdumpMatches(String expression, String frames) {
    Condition condition = lower(expression, ETHERNET.withNetmask(NETMASK));

    assertThat(matched(condition)).containsExactlyElementsOf(words(frames));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ip | tcp4 udp4-53 sctp4 icmp4 options4 fragment4 group4 all4 vlan5 vlan5-6 geneve5 vxlan5 broadcast
          tcp src port 80 | tcp4 options4 tcp6 vlan5 vlan6 vlan5-6
          vlan | vlan5 vlan6 vlan5-6 vlan-old
          vlan 5 | vlan5 vlan5-6 vlan-old
          vlan 6 | vlan6 vlan5-6
          vlan 6 and vlan 5 | vlan5-6
          not vlan and tcp | tcp4 options4 fragment4 tcp6 fragment6
          vlan and ip6 | vlan6
          arp | arp vlan-old
          geneve and tcp | geneve5 geneve5-bare
          vxlan and vlan 6 and tcp | vxlan5
          """)
  void looksThroughUpToTwoTags(String expression, String frames) {
    Condition condition = lower(expression, ETHERNET.withAnyVlan(true));

    assertThat(matched(condition)).containsExactlyElementsOf(words(frames));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ip | tcp4 | 14
          host 10.1.2.3 | tcp4 | 34
          host 10.1.2.3 | arp | 42
          not host 9.9.9.9 | tcp4 | 34
          not host 9.9.9.9 | tcp6 | 14
          port 80 | tcp4 | 36
          not port 53 | tcp4 | 38
          port 1234 | tcp6 | 58
          tcp | fragment6 | 55
          not udp | tcp6 | 21
          tcp port 80 or arp | arp | 14
          ether dst 00:11:22:33:44:55 | arp | 6
          ip6 host 2001:db8::1 | tcp6 | 38
          net 2001:db8::/32 | tcp6 | 26
          not ipx | snap-atalk | 22
          llc ui | stp | 17
          vlan 5 and tcp | vlan5 | 28
          mpls 5 and mpls 6 and ip6 | mpls5-6 | 23
          pppoes 5 and ip | pppoes5 | 22
          geneve | geneve5 | 46
          geneve and tcp port 80 | geneve5 | 94
          tcp[13] & 2 != 0 | tcp4 | 48
          ip[2:2] > 5 or tcp[0] = 0 | tcp4 | 35
          tcp[0:4] = ip[12:4] or ip | tcp4 | 38
          len > 20 | tcp4 | 0
          1 + tcp[0] = 1 | tcp4 | 35
          not tcp[icmp6[1]] = 0 | tcp6 | 14
          """)
  void dropsAFrameThatEndsBeforeALoadOfLibpcap(String expression, String name, int least) {
    Condition condition = lower(expression, ETHERNET);
    byte[] frame = TestFrames.named(name);

    for (int length = 0; length <= frame.length; length++) {
      boolean holds =
          ConditionEvaluator.accepts(condition, Arrays.copyOf(frame, length), frame.length, _ -> 0);

      assertThat(holds).as("%d bytes", length).isEqualTo(length >= least);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tcp host 1.2.3.4 | at 1: 'tcp' does not go with 'host'
          ip and ether port 80 | at 8: 'ether' does not go with 'port'
          ip6 host 1.2.3.4 | at 1: 'ip6' does not go with an IPv4 address
          arp host ::1 | at 1: 'arp' does not go with an IPv6 address
          net 10.1.2.3/8 | at 5: the network has bits after its prefix; its number would be 10.0.0.0
          net 2001:db8::1/64 | at 5: the network has bits after its prefix of 64
          host nowhere | at 6: unknown host "nowhere"
          net nowhere | at 5: unknown network "nowhere"
          port nowhere | at 6: unknown port "nowhere"
          port 80-90 | at 6: unknown port "80-90"; a range is "portrange 80-90"
          udp port web | at 10: port "web" is one of TCP
          udp portrange web-web | at 15: port "web" is one of TCP
          ip proto \\nothing | at 10: unknown protocol "nothing"
          isis proto \\tcp | at 12: a type of IS-IS is said by number
          ip proto 256 | at 10: a protocol number is 0 to 255, not 256
          proto 256 | at 7: a protocol number is 0 to 255, not 256
          ip6 proto 256 | at 11: a protocol number is 0 to 255, not 256
          ip protochain 262 | at 15: a protocol number is 0 to 255, not 262
          iso proto 256 | at 11: a protocol number is 0 to 255, not 256
          isis proto 32 | at 12: a type of IS-IS is 0 to 31, not 32
          link proto 65536 | at 12: a protocol of a link layer is 0 to 65535, not 65536
          ether proto 256 | at 13: a service access point is 0 to 255 and an EtherType above 1500, not 256
          ether proto 5 or 1500 | at 18: a service access point is 0 to 255 and an EtherType above 1500, not 1500
          port 65536 | at 6: a port is 0 to 65535, not 65536
          tcp proto 300 | at 1: 'tcp' does not go with 'proto'
          iso protochain 5 | at 1: 'iso' does not go with 'protochain'
          decnet net 1.2 | at 1: 'decnet' does not go with 'net'
          mpls and gateway sctp.example | at 10: 'gateway' is of the outer frame: it cannot be asked of what is inside of it
          geneve and gateway sctp.example | at 12: 'gateway' is of the outer frame: it cannot be asked of what is inside of it
          tcp gateway sctp.example | at 1: 'tcp' does not go with 'gateway'
          type mgt | at 1: 'type' is of 802.11, not of Ethernet
          wlan addr1 00:11:22:33:44:55 | at 1: 'addr1' is of 802.11, not of Ethernet
          ip addr1 00:11:22:33:44:55 | at 1: 'addr1' goes with an address of 802.11, as in "wlan addr1 02:00:5e:10:00:01"
          radio[0] = 1 | at 1: 'radio' is of 802.11 with radiotap, not of Ethernet
          ip or arp proto 5 | at 7: 'arp' does not go with 'proto'
          ip broadcast | at 1: 'ip broadcast' needs the netmask of the network, which is not known
          tcp broadcast | at 1: 'tcp' does not go with 'broadcast'
          inbound | at 1: a savefile of Ethernet does not say the direction
          ifindex 3 | at 1: a savefile of Ethernet does not say the interface
          mpls and arp | at 10: after MPLS labels a filter knows only IPv4 and IPv6
          mpls and vlan | at 10: no VLAN tag follows MPLS labels
          pppoes and vlan | at 12: 'vlan' is not for PPP
          pppoes and llc | at 12: 'llc' is not for PPP
          pppoes and ether host 00:11:22:33:44:55 | at 12: Ethernet addresses are not for PPP
          ah[0] = 1 | at 1: bytes of 'ah' cannot be had by index
          len / (1 - 1) = 1 | at 1: division by zero
          len << 32 = 1 | at 1: a shift is by 0 to 31 bits
          """)
  void refusesWhatAPacketCannotHave(String expression, String message) {
    assertThatThrownBy(() -> lower(expression, ETHERNET))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host web.example        | tcp4 sctp4 tcp6
          ip6 host web.example    | tcp6
          port web                | tcp4 tcp6
          portrange web-90        | tcp4 sctp4 tcp6
          udp portrange web-100   |
          portrange 08-099        | tcp4 sctp4 tcp6
          net ten                 |
          net lan                 | tcp4 sctp4
          sctp port 80            | sctp4
          ip proto \\sctp         | sctp4
          ether src web.example   | tcp4 sctp4 tcp6
          gateway sctp.example    | tcp4 sctp4 tcp6
          arp gateway sctp.example |
          gateway web.example     | tcp6
          """)
  void asksTheResolverForNames(String expression, String frames) {
    Condition condition = lower(expression, ETHERNET);

    assertThat(matched(condition))
        .filteredOn(List.of("tcp4", "sctp4", "tcp6")::contains)
        .containsExactlyElementsOf(words(frames));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          101 | ''                                       | true
          228 | ''                                       | true
          229 | ''                                       | false
          0   | 02000000                                 | true
          0   | 00000002                                 | false
          108 | 02000000                                 | false
          12  | ''                                       | true
          14  | ''                                       | true
          9   | ff03 0021                                | true
          9   | ff03 0057                                | false
          50  | ff03 0021                                | true
          51  | 1100 0001 0016 0021                      | true
          104 | 0f00 0800                                | true
          108 | 00000002                                 | true
          113 | 0000 0001 0006 0202020202020000 0800     | true
          276 | 0800 0000 00000003 0001 00 06 0202020202020000 | true
          276 | 86dd 0000 00000003 0001 00 06 0202020202020000 | false
          """)
  void findsIpv4AfterEachLinkHeader(int linkType, String header, boolean isFound) {
    Condition condition =
        lower("ip and tcp src port 80 and host 1.2.3.4", FilterOptions.of(new LinkType(linkType)));
    byte[] frame = TestFrames.named("tcp4");
    byte[] before = HexFormat.of().parseHex(header.replace(" ", ""));
    byte[] packet = Arrays.copyOf(before, before.length + frame.length - 14);
    System.arraycopy(frame, 14, packet, before.length, frame.length - 14);

    assertThat(ConditionEvaluator.accepts(condition, packet)).isEqualTo(isFound);
  }

  @Test
  void readsDirectionAndInterfaceInACookedHeader() {
    Map<String, String> filters = Map.of("outbound", "4", "inbound", "0");
    byte[] packet = HexFormat.of().parseHex("08000000000000030001" + "0406" + "0202020202020000");
    FilterOptions options = FilterOptions.of(LinkType.LINUX_SLL2);

    for (String expression : filters.keySet()) {
      packet[10] = Byte.parseByte(filters.get(expression));

      assertThat(ConditionEvaluator.accepts(lower(expression + " and ifindex 3", options), packet))
          .isTrue();
    }
  }

  @Test
  void followsChainsOfAnyLength() {
    String expression = "port 80" + " or port 80".repeat(20_000);

    Condition condition = lower(expression, ETHERNET.withAnyVlan(true));

    assertThat(condition).isInstanceOf(Condition.Or.class);
  }

  @Test
  void findsAProtocolAfterExtensionHeaders() {
    byte[] frame = TestFrames.named("fragment6");

    assertThat(ConditionEvaluator.accepts(lower("ip6 protochain 6", ETHERNET), frame)).isTrue();
    assertThat(ConditionEvaluator.accepts(lower("ip6 protochain 17", ETHERNET), frame)).isFalse();
  }

  @Test
  void refusesALinkTypeThatItDoesNotKnow() {
    assertThatThrownBy(() -> lower("less 9 and ip", FilterOptions.of(LinkType.NFLOG)))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(
            "at 12: of packets of NFLOG (Linux netfilter log messages) filters know only the bytes,"
                + " as in \"link[0] = 1\", and the length");
  }

  @Test
  void passesEveryPacketWithoutAWord() {
    assertThat(lower("", ETHERNET)).isEqualTo(new Condition.Always());
  }
}
