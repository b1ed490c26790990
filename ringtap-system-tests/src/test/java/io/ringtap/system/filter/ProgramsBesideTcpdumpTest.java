package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The three forms of a program beside tcpdump's.
class ProgramsBesideTcpdumpTest {
  private static final int PCAP_MAGIC = 0xA1B2_C3D4;
  private static final int PCAP_HEADER_BYTES = 24;

  @TempDir Path directory;

  @BeforeEach
  void needsTcpdump() {
    Requirement.tool("tcpdump");
  }

  static List<String> expressions() {
    return List.of(
        "",
        "ip",
        "arp or rarp",
        "tcp port 80",
        "not (tcp port 80 or udp portrange 1000-2000)",
        "icmp[icmptype] == icmp-echoreply",
        "host 192.0.2.1 and not net 10.0.0.0/8",
        "ip6 host 2001:db8::1",
        "ip6 net 2001:db8::/33 and tcp dst port 443",
        "ether host 02:00:00:00:00:01",
        "ether multicast or ip broadcast",
        "greater 100 and less 1000",
        "len - 4 > ip[2:2]",
        "ip[0] & 0xf != 5 and (ip[2:2] - ((ip[0] & 0xf) << 2)) != 0",
        "ip[2:2] * 3 / ip[8] % 7 | 4 ^ 9 > tcp[13] >> 2",
        "ip[ip[0] & 0xf : 2] << ip[9] = len / ip[1]",
        "-ip[4:2] + len > 7",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
        "ip proto 17 and ip[6:2] & 0x1fff = 0",
        "ip6 protochain 6",
        "ip protochain 17",
        "vlan 5 and ip",
        "vlan and vlan and udp",
        "mpls 1000 and ip host 192.0.2.1",
        "pppoes 7 and ip6",
        "geneve 5 and icmp",
        "ip6 and ip6[40] = 128",
        "link[0:2] = 4 or sctp or ah or esp");
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void printsProgramsForEthernetAsTcpdumpDoes(String expression) throws Exception {
    assertPrintsAlike(savefile(LinkType.ETHERNET), expression);
  }

  @Test
  void printsProgramsForOtherLinkTypesAsTcpdumpDoes() throws Exception {
    for (LinkType linkType : List.of(LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW)) {
      for (String expression :
          List.of("tcp port 80", "ip6 protochain 6", "less 60 and ip[9] = 1")) {
        assertPrintsAlike(savefile(linkType), expression);
      }
    }
    assertPrintsAlike(savefile(LinkType.LINUX_SLL2), "ifindex 3 and inbound");
  }

  @Test
  void printsWhatTheKernelKnowsAsTcpdumpDoes() throws Exception {
    Requirement.root();
    for (String expression :
        List.of("vlan 5 and ifindex 1", "inbound and tcp port 80", "outbound", "vlan and ip")) {
      assertPrintsAlike(List.of("-i", "lo"), expression);
    }
  }

  private static void assertPrintsAlike(List<String> source, String expression) throws Exception {
    String decimal = tcpdump("-ddd", source, expression);

    BpfProgram program = BpfProgram.parse(decimal);

    String text = tcpdump("-d", source, expression);
    String initializers = tcpdump("-dd", source, expression);
    assertThat(program.toDecimal() + "\n").isEqualTo(decimal);
    assertThat(program + "\n").isEqualTo(text);
    assertThat(program.toCInitializers() + "\n").isEqualTo(initializers);
    assertThat(BpfProgram.parse(text) + "\n")
        .isEqualTo(text); // libpcap's unused constants are gone
    assertThat(BpfProgram.parse(initializers)).isEqualTo(program);
  }

  private static String tcpdump(String form, List<String> source, String expression)
      throws IOException {
    List<String> command =
        Stream.of(List.of("tcpdump", form), source, List.of(expression))
            .flatMap(List::stream)
            .toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroy();
    }
  }

  /// A savefile without packets, as the place that says the link type.
  private List<String> savefile(LinkType linkType) throws IOException {
    Path file = directory.resolve(linkType.word() + ".pcap");
    ByteBuffer header = ByteBuffer.allocate(PCAP_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(PCAP_MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
    header.putInt(262144).putInt(linkType.number());
    Files.write(file, header.array());
    return List.of("-r", file.toString());
  }
}
