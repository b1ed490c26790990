package io.ringtap.filter.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.filter.syntax.Parser;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
  @Test
  void tellsTheNestingByIndentsAndWhatIsImpliedOnce() {
    assertThat(explain("host 10.0.0.1 or port 53 or 80 and not (arp or icmp)"))
        .isEqualTo(
            """
            Packets match of which this is true:
              all of
                at least one of
                  its IPv4 source or destination address is 10.0.0.1
                  its TCP, UDP or SCTP source or destination port is 53
                  its TCP, UDP or SCTP source or destination port is 80
                not: at least one of
                  it is ARP
                  it carries ICMP over IPv4
            Implied:
              "and" and "or" bind alike and group from the left: "a or b and c" is "(a or b) and c".
              An address without a protocol is looked for in IP headers and in ARP and RARP, whose sender is a source and whose target a destination.
              A port is looked for after IPv4 and IPv6. Of an IPv4 packet in fragments only the first has ports, so the others never match. After IPv6 it must be the next header.
            """);
  }

  @Test
  void followsTheProgramWhereAHeaderStandsInAnAlternative() {
    assertThat(explain("vlan 10 or vlan 20"))
        .isEqualTo(
            """
            Packets match of which this is true:
              at least one of
                it has a VLAN tag with the identifier 10
                after a VLAN tag: it has a second VLAN tag with the identifier 20
            Implied:
              What is written after "vlan" is looked for after the VLAN tag.
            Warning:
              All that is written after "vlan" is looked for after a VLAN tag, also on the other side of an "or" and after a "not", whether there is one or not.
              Probably meant, of Ethernet frames: vlan and ((ether[14:2] & 0xfff) = 10 or (ether[14:2] & 0xfff) = 20)
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vlan 10 or tcp port 80             | tcp port 80 or vlan 10
          not vlan 10 and tcp port 80        | tcp port 80 and not vlan 10
          (vlan 10 or vlan 20) and udp       | vlan and ((ether[14:2] & 0xfff) = 10 or (ether[14:2] & 0xfff) = 20) and udp
          (vlan 1 and tcp) or (vlan 2 and udp) | vlan and (((ether[14:2] & 0xfff) = 1 and tcp) or ((ether[14:2] & 0xfff) = 2 and udp))
          mpls 5 or mpls 6                   | mpls and ((ether[14:4] >> 12) = 5 or (ether[14:4] >> 12) = 6)
          pppoes 1 or pppoes 2               | pppoes and (ether[16:2] = 1 or ether[16:2] = 2)
          geneve 1 or geneve 2               | ((udp[12:4] >> 8) = 1 or (udp[12:4] >> 8) = 2) and geneve
          vxlan 1 or vxlan 2 or ip           | ip or (((udp[12:4] >> 8) = 1 or (udp[12:4] >> 8) = 2) and vxlan)
          vlan 1 or mpls 5                   |
          vlan or vlan 5                     |
          """)
  void warnsOfWhatIsMovedAndSaysWhatWasProbablyMeant(String text, @Nullable String meant) {
    String lead = "  Probably meant, of Ethernet frames: ";
    String explanation = explain(text);

    assertThat(explanation).contains("\nWarning:\n  All that is written after \"");
    assertThat(explanation.lines().filter(line -> line.startsWith(lead)))
        .containsExactlyElementsOf(meant == null ? List.of() : List.of(lead + meant));
    if (meant != null) {
      assertThat(explain(meant)).doesNotContain("Warning");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vlan 10",
        "vlan 10 and vlan 20 and tcp",
        "tcp or vlan 10",
        "vlan and (tcp or udp)",
        "vlan and not tcp",
        "vlan or less 100"
      })
  void doesNotWarnWhereNothingIsMoved(String text) {
    assertThat(explain(text)).doesNotContain("Warning", "after a VLAN tag:");
  }

  @Test
  void warnsOfNoTagsThatAreLookedThrough() {
    assertThat(explain("vlan 10 or vlan 20", true))
        .isEqualTo(
            """
            Packets match of which this is true:
              at least one of
                it has a VLAN tag with the identifier 10
                it has a VLAN tag with the identifier 20
            """);
    assertThat(explain("vxlan and (vlan 1 or ip)", true)).contains("Warning");
  }

  @Test
  void saysNothingImpliedWhereNothingIs() {
    assertThat(explain("arp")).isEqualTo("Packets match of which this is true:\n  it is ARP\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "src net 10/8              | its IPv4 source address is from 10.0.0.0 to 10.255.255.255",
        "net 10                    | its IPv4 source or destination address is from 10.0.0.0 to"
            + " 10.255.255.255",
        "host 10                   | its IPv4 source or destination address is 0.0.0.10",
        "net 10.1.2.3              | its IPv4 source or destination address is 10.1.2.3",
        "net 10.0 mask 255.254.0.0 | its IPv4 source or destination address is from 10.0.0.0 to"
            + " 10.1.255.255",
        "net 10.0 mask 255.0.255.0 | its IPv4 source or destination address is 10.0.0.0 under the"
            + " mask 255.0.255.0",
        "net 0.0.0.0/0             | its IPv4 source or destination address is from 0.0.0.0 to"
            + " 255.255.255.255",
        "dst net fe80::/10         | its IPv6 destination address is from fe80:: to"
            + " febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "net ::/0                  | its IPv6 source or destination address is from :: to"
            + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "net 1:2::/96              | its IPv6 source or destination address is from 1:2:: to"
            + " 1:2::ffff:ffff",
        "host foo                  | its source or destination address is one of the host \"foo\"",
        "arp src host 1.2.3.4      | its ARP sender's address is 1.2.3.4",
        "ether dst 1:2:3:4:5:6     | its Ethernet destination address is 01:02:03:04:05:06",
        "decnet src 10.123         | its DECnet source address is 10.123",
        "src and dst port 53       | its TCP, UDP or SCTP source and destination port are 53",
        "udp dst port domain       | its UDP destination port is that of the service \"domain\"",
        "tcp portrange 20-30       | its TCP source or destination port is from 20 to 30",
        "ip proto 6                | it is an IPv4 packet that carries protocol 6",
        "ether proto 0x806         | its EtherType is 0x0806",
        "ether proto 66            | its LLC header names the service access point 66",
        "ip6 protochain 6          | one in its chain of IPv6 headers is protocol 6",
        "ip broadcast              | it goes to an IPv4 broadcast address: the host part of the"
            + " capture's network all ones or all zeros",
        "multicast                 | it goes to a link-layer group address, broadcast included",
        "less 100                  | its length is at most 100 bytes",
        "vlan 5                    | it has a VLAN tag with the identifier 5",
        "geneve                    | it has a Geneve header after UDP port 6081",
        "wlan addr2 1:2:3:4:5:6    | its Ethernet second address is 01:02:03:04:05:06",
        "type data subtype null    | it is an 802.11 data frame of the subtype 4",
        "dir tods                  | it goes from a wireless station to the distribution system",
        "mpls 5                    | it has an MPLS label with the value 5",
        "llc rr                    | it is an LLC PDU of the kind RR",
        "not not inbound           | not: not: this host received it",
      })
  void saysInEnglishWhatAPrimitiveAsksFor(String text, String line) {
    assertThat(explain(text).lines().skip(1).findFirst()).hasValue("  " + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp[13] & 2 != 0                   ; the TCP flag SYN is set",
        "tcp[13] & 2 = 0                    ; the TCP flag SYN is not set",
        "tcp[13] & tcp-syn == tcp-syn       ; the TCP flag SYN is set",
        "tcp[13] & tcp-syn != tcp-syn       ; the TCP flag SYN is not set",
        "tcp[13] & (tcp-syn|tcp-fin) != 0   ; at least one TCP flag of these is set: FIN, SYN",
        "tcp[13] & (tcp-syn|tcp-fin) = 0    ; none of these TCP flags is set: FIN, SYN",
        "tcp[13] & 18 = 18                  ; these TCP flags are set: SYN, ACK",
        "tcp[13] & 18 != 18                 ; not all of these TCP flags are set: SYN, ACK",
        "tcp[13] & 18 = 2                   ; of the TCP flags SYN, ACK exactly these are set: SYN",
        "tcp[13] = 18                       ; of the TCP flags exactly these are set: SYN, ACK",
        "tcp[13] & 2 = 4                    ; (byte 13 of the TCP header and-ed with 0x2) is 4",
        "ip[6:2] & 0x1fff = 0               ; (bytes 6 to 7 of the IPv4 header and-ed with 0x1fff)"
            + " is 0",
        "ip[ip[0]] >= -1                    ; the byte at byte 0 of the IPv4 header of the IPv4"
            + " header is at least -(1)",
        "len * 2 < 5 + 6                    ; (the packet's length * 2) is below (5 + 6)",
      })
  void saysInEnglishHowNumbersCompare(String text, String line) {
    assertThat(explain(text).lines().skip(1).findFirst()).hasValue("  " + line);
  }

  private static String explain(String text) {
    return explain(text, false);
  }

  private static String explain(String text, boolean anyVlan) {
    return Explanation.explain(Objects.requireNonNull(Parser.parse(text)), anyVlan);
  }
}
