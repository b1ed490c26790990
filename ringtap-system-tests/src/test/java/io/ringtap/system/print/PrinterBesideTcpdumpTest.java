package io.ringtap.system.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.print.DumpForm;
import io.ringtap.print.PacketPrinter;
import io.ringtap.print.PrintOptions;
import io.ringtap.print.TimeForm;
import io.ringtap.system.print.PacketCatalogue.Example;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each packet of the catalogue, printed by the printer and by tcpdump from a file.
class PrinterBesideTcpdumpTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST_SECOND = 1_700_000_000L;

  /// Where the printer says something else on purpose, and why.
  private static final Map<String, String> DIFFERENCES =
      Map.ofEntries(
          entry("ARP, operation 77", "length instead of a dump of a packet that is understood"),
          entry("option with too small a length", "the list is closed and the length printed"),
          entry("option that passes the header", "the list is closed and the length printed"),
          entry("options that end early", "the list is closed and the length printed"),
          entry("segment size of a wrong length", "no value is read from an option too short"),
          entry("TCP data offset too large", "-q: a payload of no bytes instead of 2³² - 40"),
          entry("IPv6 destination options", "-v names them"),
          entry("IPv6, nothing follows", "-v names it"),
          entry("no total length", "what segmentation offload shows is read, not refused"));

  @TempDir Path directory;

  @BeforeEach
  void needsTcpdump() {
    Requirement.tool("tcpdump");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-e", "-v", "-e -v", "-q", "-q -e", "-S"})
  void printsWhatTcpdumpPrints(String flags) throws IOException {
    List<Example> examples = PacketCatalogue.ethernetFrames();

    List<String> ours = ours(LinkType.ETHERNET, examples, flags);
    List<String> theirs = theirs(LinkType.ETHERNET, examples, flags);

    for (int i = 0; i < examples.size(); i++) {
      String name = examples.get(i).name();
      if (!DIFFERENCES.containsKey(name)) {
        assertThat(ours.get(i)).as("%s [%s]", name, flags).isEqualTo(theirs.get(i));
      }
    }
  }

  @Test
  void listsOnlyDifferencesThatExist() throws IOException {
    List<Example> examples = PacketCatalogue.ethernetFrames();
    Set<String> unseen = new HashSet<>(DIFFERENCES.keySet());

    for (String flags : List.of("", "-v", "-q")) {
      List<String> ours = ours(LinkType.ETHERNET, examples, flags);
      List<String> theirs = theirs(LinkType.ETHERNET, examples, flags);
      for (int i = 0; i < examples.size(); i++) {
        if (!ours.get(i).equals(theirs.get(i))) {
          unseen.remove(examples.get(i).name());
        }
      }
    }

    assertThat(unseen).isEmpty();
  }

  /// Without packets that are cut: tcpdump dumps a cut link-level header even without a flag.
  @ParameterizedTest
  @ValueSource(strings = {"-x", "-xx", "-X", "-XX", "-A", "-AA"})
  void dumpsWhatTcpdumpDumps(String flags) throws IOException {
    List<Example> examples =
        PacketCatalogue.ethernetFrames().stream()
            .filter(example -> example.caplen() == example.origlen())
            .filter(example -> !DIFFERENCES.containsKey(example.name()))
            .toList();

    List<String> ours = ours(LinkType.ETHERNET, examples, flags);
    List<String> theirs = theirs(LinkType.ETHERNET, examples, flags);

    assertThat(ours).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-e", "-v", "-q -e"})
  void printsCookedCaptures(String flags) throws IOException {
    List<Example> first = PacketCatalogue.cookedPackets(1);
    List<Example> second = PacketCatalogue.cookedPackets(2);

    assertThat(ours(LinkType.LINUX_SLL, first, flags))
        .isEqualTo(theirs(LinkType.LINUX_SLL, first, flags));
    assertThat(ours(LinkType.LINUX_SLL2, second, flags))
        .isEqualTo(theirs(LinkType.LINUX_SLL2, second, flags));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-e", "-v"})
  void printsPacketsWithoutLinkHeader(String flags) throws IOException {
    List<Example> examples =
        PacketCatalogue.ethernetFrames().stream()
            .filter(example -> example.name().startsWith("UDP,") || example.name().equals("ping"))
            .map(PrinterBesideTcpdumpTest::withoutLinkHeader)
            .toList();

    assertThat(ours(LinkType.RAW, examples, flags))
        .isEqualTo(theirs(LinkType.RAW, examples, flags));
  }

  private static Example withoutLinkHeader(Example example) {
    MemorySegment packet = example.bytes().asSlice(14);
    return new Example(example.name(), packet, (int) packet.byteSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-t", "-tt", "-ttt", "-tttt", "-ttttt", "--nano", "--nano -ttt"})
  void printsTheTimesThatTcpdumpPrints(String flags) throws IOException {
    List<Example> examples = PacketCatalogue.ethernetFrames().subList(0, 5);

    String ours = String.join("", print(LinkType.ETHERNET, examples, flags));
    String theirs = tcpdump(LinkType.ETHERNET, examples, flags);

    assertThat(ours).isEqualTo(theirs);
  }

  /// Times of the packets: uneven, and once backwards.
  private static long epochNanos(int packet) {
    long micros = packet * 100_001L % 1_000_000;
    return (FIRST_SECOND + packet - (packet == 3 ? 2 : 0)) * SECOND + micros * 1000;
  }

  private static List<String> ours(LinkType linkType, List<Example> examples, String flags) {
    return print(linkType, examples, flags + " -tt");
  }

  private static List<String> print(LinkType linkType, List<Example> examples, String flags) {
    PacketPrinter printer = new PacketPrinter(options(flags), index -> index == 1 ? "lo" : null);
    List<String> printed = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      StringBuilder to = new StringBuilder();
      printer.print(
          to,
          new MemoryFrame(
              linkType, example.bytes(), 0, example.caplen(), example.origlen(), epochNanos(i), 0));
      printed.add(to.toString());
    }
    return printed;
  }

  private static PrintOptions options(String flags) {
    Set<String> given = Set.of(flags.strip().split(" +", -1));
    int times = 0;
    DumpForm dump = DumpForm.NONE;
    for (String flag : given) {
      times = flag.matches("-t+") ? flag.length() - 1 : times;
      dump =
          switch (flag) {
            case "-x" -> DumpForm.HEX;
            case "-xx" -> DumpForm.HEX_WITH_LINK_HEADER;
            case "-X" -> DumpForm.HEX_AND_TEXT;
            case "-XX" -> DumpForm.HEX_AND_TEXT_WITH_LINK_HEADER;
            case "-A" -> DumpForm.TEXT;
            case "-AA" -> DumpForm.TEXT_WITH_LINK_HEADER;
            default -> dump;
          };
    }
    return PrintOptions.DEFAULTS
        .withTime(TimeForm.ofCount(times))
        .withNanos(given.contains("--nano"))
        .withZone(ZoneOffset.UTC)
        .withLinkHeader(given.contains("-e"))
        .withQuiet(given.contains("-q"))
        .withVerbosity(given.contains("-v") ? 1 : 0)
        .withDump(dump)
        .withAbsoluteSequences(given.contains("-S"));
  }

  /// What tcpdump prints, cut into packets at the time stamps.
  private List<String> theirs(LinkType linkType, List<Example> examples, String flags)
      throws IOException {
    String text = tcpdump(linkType, examples, flags + " -tt");
    List<String> printed = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= examples.size(); i++) {
      long nanos = epochNanos(i);
      String stamp = "\n%d.%06d ".formatted(nanos / SECOND, nanos % SECOND / 1000);
      int end = i == examples.size() ? text.length() : text.indexOf(stamp, begin) + 1;
      assertThat(end).as("packet %d in %s", i, text).isPositive();
      printed.add(text.substring(begin, end));
      begin = end;
    }
    return printed;
  }

  private String tcpdump(LinkType linkType, List<Example> examples, String flags)
      throws IOException {
    JudgedFile file = new JudgedFile(linkType);
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      file.add(epochNanos(i) / 1000, example.bytes().toArray(JAVA_BYTE), example.origlen());
    }
    return file.read(directory, "tcpdump", flags);
  }
}
