package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.system.Command;
import io.ringtap.system.print.PacketCatalogue;
import io.ringtap.system.print.PacketCatalogue.Example;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap filter` as users run it, beside tcpdump.
class FilterCommandTest {
  private static final int MAX_SNAPLEN = 262_144;

  @TempDir private Path directory;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("tcpdump");
    namespace = NetworkNamespace.create("filter");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void close() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private Command.Result filter(String... arguments) throws Exception {
    return ringtap.run(
        Stream.concat(Stream.of("filter"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  private String file(LinkType linkType, List<Example> packets) throws IOException {
    Path file = directory.resolve(linkType.word() + ".pcap");
    SavefileOptions options =
        SavefileOptions.of(
            SavefileFormat.PCAP_MICROS, List.of(SavefileInterface.of(linkType, MAX_SNAPLEN)));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      for (Example packet : packets) {
        writer.write(
            new MemoryFrame(
                LinkType.ETHERNET, packet.bytes(), 0, packet.caplen(), packet.origlen(), 0, 0));
      }
    }
    return file.toString();
  }

  /// How many packets of a file tcpdump takes.
  private long taken(String file, String expression) throws IOException, InterruptedException {
    Process process =
        namespace.process("tcpdump", "-n", "-q", "-t", "--count", "-r", file, expression).start();
    Command.Result result = Command.finish(process);
    assertThat(result.exitCode()).as("%s: %s", expression, result.err()).isZero();
    return Long.parseLong(result.out().getFirst().split(" ", 2)[0]);
  }

  @Test
  void printsAProgramForXdp() throws Exception {
    Command.Result result = filter("--target", "xdp", "-d", "ether[0] = 2");

    assertThat(result.out())
        .containsExactly(
            "  0: (61) r2 = *(u32 *)(r1 +0)",
            "  1: (61) r3 = *(u32 *)(r1 +4)",
            "  2: (bf) r4 = r2",
            "  3: (07) r4 += 1",
            "  4: (2d) if r4 > r3 goto pc+5 <miss>",
            "  5: (71) r0 = *(u8 *)(r2 +0)",
            "  6: (56) if w0 != 0x2 goto pc+3 <miss>",
            "  7: (b4) w0 = 262144",
            "match:",
            "  8: (b7) r0 = 2",
            "  9: (95) exit",
            "miss:",
            " 10: (b7) r0 = 1",
            " 11: (95) exit");
  }

  @Test
  void matchesAsManyPacketsOfAFileAsTcpdump() throws Exception {
    String ethernet = file(LinkType.ETHERNET, PacketCatalogue.ethernetFrames());
    String cooked = file(LinkType.LINUX_SLL2, PacketCatalogue.cookedPackets(2));
    List<String> expressions =
        List.of(
            "tcp",
            "udp",
            "icmp or icmp6",
            "arp",
            "ip6",
            "port 53",
            "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
            "net 10.0.0.0/8 and not tcp",
            "vlan",
            "vlan and vlan and ip",
            "greater 100",
            "ip[6:2] & 0x1fff != 0",
            "ether multicast",
            "host 10.0.0.1 and udp portrange 1-6000");
    List<String> onCooked = List.of("udp", "inbound", "outbound", "ip6", "port 6000 or arp");

    compare(ethernet, expressions);
    compare(cooked, onCooked);
  }

  private void compare(String file, List<String> expressions) throws Exception {
    long matched = 0;
    for (String expression : expressions) {
      Command.Result result = filter("--test", file, expression);
      long taken = taken(file, expression);

      assertThat(result.exitCode()).as(expression).isZero();
      assertThat(result.out())
          .filteredOn(line -> line.matches(" *\\d+ match .*"))
          .hasSize((int) taken);
      assertThat(result.out()).last().asString().startsWith(taken + " of ");
      matched += taken;
    }
    assertThat(matched).isGreaterThan(expressions.size());
  }

  @Test
  void printsProgramsInTheThreeFormsOfTcpdump() throws Exception {
    List<List<String>> forms =
        List.of(List.of("-d"), List.of("-dd"), List.of("-ddd"), List.of("-d", "-d"));
    for (List<String> form : forms) {
      List<String> command = new ArrayList<>(List.of("tcpdump", "-y", "EN10MB"));
      command.addAll(form);
      command.add("icmp");
      Process tcpdump = namespace.process(command.toArray(String[]::new)).start();

      Command.Result theirs = Command.finish(tcpdump);
      Command.Result ours =
          filter(Stream.concat(form.stream(), Stream.of("icmp")).toArray(String[]::new));

      assertThat(ours.exitCode()).isZero();
      assertThat(ours.err()).isEmpty();
      assertThat(ours.out()).hasSizeGreaterThan(5).isEqualTo(theirs.out());
    }
    assertThat(filter("icmp").out()).isEqualTo(filter("-d", "icmp").out());
  }

  @Test
  void compilesForWhatItIsTold() throws Exception {
    assertThat(filter("-s", "96", "").out()).containsExactly("(000) ret      #96");
    assertThat(filter("-s", "0", "").out()).containsExactly("(000) ret      #262144");
    assertThat(filter("-y", "IPV4", "icmp").out()).first().isEqualTo("(000) ldb      [9]");
    assertThat(filter("--live", "inbound").out()).first().isEqualTo("(000) ld       [type]");
    assertThat(filter("--netmask", "/24", "ip broadcast").out()).contains("(004) and      #0xff");
    assertThat(filter("--vlan-any", "icmp").out()).anyMatch(line -> line.contains("#0x8100"));
    assertThat(filter("-O", "tcp and udp").out()).hasSizeGreaterThan(10);
  }

  @Test
  void tellsThatTheKernelDoesNotTakeALoop() throws Exception {
    Command.Result live = filter("--live", "ip6", "protochain", "6");
    Command.Result saved = filter("ip6", "protochain", "6");

    assertThat(live.exitCode()).isZero();
    assertThat(live.err())
        .containsExactly(
            "ringtap filter: protochain makes this program loop, so the kernel does not take it");
    assertThat(saved.err()).isEmpty();
  }

  @Test
  void drawsAndExplains() throws Exception {
    assertThat(filter("--graph", "icmp").out())
        .startsWith("digraph filter {")
        .contains("  n0 [label=\"[12:2] == 0x800\"];", "  n0 -> n3 [style=dashed];")
        .endsWith("}");
    assertThat(filter("--explain", "icmp", "or", "arp").out())
        .containsExactly(
            "Packets match of which this is true:",
            "  at least one of",
            "    it carries ICMP over IPv4",
            "    it is ARP");
    assertThat(filter("--explain", "--vlan-any", "icmp").out())
        .last()
        .isEqualTo("All this also after one or two VLAN tags, for so --vlan-any has it.");
  }

  @Test
  void takesAFilterThatMatchesNothingAndSaysSo() throws Exception {
    Command.Result result = filter("tcp and udp");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsExactly("(000) ret      #0");
    assertThat(result.err()).containsExactly("ringtap filter: no packet can match this filter");
  }

  @Test
  void takesAFilterThatIsTooLongForTheKernelAndSaysSo() throws Exception {
    StringBuilder hosts = new StringBuilder("host 10.0.0.0");
    for (int i = 1; i < 5000; i++) {
      hosts.append(" or host 10.0.%d.%d".formatted(i >> 8, i & 0xFF));
    }
    Path file = Files.writeString(directory.resolve("hosts"), hosts);

    Command.Result result = filter("--live", "-ddd", "-F", file.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(Integer.parseInt(result.out().getFirst())).isGreaterThan(4096);
    assertThat(result.err())
        .singleElement()
        .asString()
        .matches(
            "ringtap filter: the kernel does not take this program: it has \\d+ instructions, and"
                + " at most 4096 are allowed");
  }

  @Test
  void explainsAlsoWhatCannotMatch() throws Exception {
    Command.Result result = filter("--explain", "tcp and udp");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("    it carries TCP over IPv4 or IPv6");
    assertThat(result.err()).containsExactly("ringtap filter: no packet can match this filter");
  }

  @Test
  void readsTheExpressionFromAFileAndPacketsFromStandardInput() throws Exception {
    Path expression = Files.writeString(directory.resolve("web"), "tcp # or\nor udp\n");
    String file = file(LinkType.ETHERNET, PacketCatalogue.ethernetFrames());
    Process process = ringtap.start("filter", "-F", expression.toString(), "--json", "--test", "-");
    Files.copy(Path.of(file), process.getOutputStream());
    process.getOutputStream().close();

    Command.Result result = Command.finish(process);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .last()
        .asString()
        .startsWith("{\"type\":\"summary\",\"packets\":")
        .contains("\"matched\":" + taken(file, "tcp or udp") + ",");
  }

  @Test
  void showsATruncatedFileUpToItsDamageAndSaysWhereThatIs() throws Exception {
    Path file = Path.of(file(LinkType.ETHERNET, PacketCatalogue.ethernetFrames()));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    int whole = PacketCatalogue.ethernetFrames().size() - 1;

    Command.Result result = filter("--test", file.toString(), "tcp");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).hasSize(1 + whole + 1);
    assertThat(result.out()).last().asString().contains(" of " + whole + " packets match; ");
    assertThat(result.err())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("ringtap filter: " + file + ": truncated at offset ");
  }

  @Test
  void refusesInOneLine() throws Exception {
    Command.Result result = filter("tcp", "prt", "80");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "ringtap filter: at 5: \"prt\" is no keyword that goes on after \"tcp\"; did you mean"
                + " \"port\"?");
  }
}
