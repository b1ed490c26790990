package io.ringtap.system.savefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `ringtap pcap` beside mergecap, editcap, reordercap and capinfos, as tshark reads what they
/// write.
@TestInstance(Lifecycle.PER_CLASS)
class PcapCommandTest {
  private static final long BEGIN = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;
  private NetworkNamespace namespace;
  private Path first; // 20 packets, a second apart, every fourth twice, with comments
  private Path second; // 10 packets of another interface, between those

  @BeforeAll
  void needsTools() throws IOException {
    List.of("tshark", "capinfos", "editcap", "mergecap", "reordercap").forEach(Requirement::tool);
    namespace = NetworkNamespace.create("pcap");
  }

  @AfterAll
  void removeNamespace() {
    namespace.close();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    first = directory.resolve("first.pcapng");
    second = directory.resolve("second.pcap");
    SavefileOptions options =
        SavefileOptions.of(
                SavefileFormat.PCAPNG,
                List.of(
                    new SavefileInterface("eth0", "to the lab", LinkType.ETHERNET, 262_144, "ip"),
                    SavefileInterface.of(LinkType.RAW, 65_535)))
            .withSection(new SavefileSection(List.of("made here"), "a box", "Linux", "test"))
            .withStatistics(
                () -> List.of(new SavefileInterfaceStatistics(0, 30, 1, 24, 4, BEGIN, BEGIN)));
    SplittableRandom random = new SplittableRandom(3);
    try (SavefileWriter writer = SavefileWriter.open(first, options)) {
      for (int i = 0; i < 20; i++) {
        byte[] bytes = bytes(random, 60 + i);
        write(writer, bytes, BEGIN + i * SECOND, i == 2 ? "remark" : null);
        if (i % 4 == 0) {
          write(writer, bytes, BEGIN + i * SECOND + 1000, null);
        }
      }
    }
    SavefileOptions plain =
        SavefileOptions.of(
            SavefileFormat.PCAP_NANOS, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)));
    try (SavefileWriter writer = SavefileWriter.open(second, plain)) {
      for (int i = 0; i < 10; i++) {
        write(writer, bytes(random, 100), BEGIN + 500_000_007 + 2L * i * SECOND, null);
      }
    }
  }

  /// An Ethernet frame with a UDP datagram, to port 53 if it is of an even length.
  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    int udp = length - 14 - 20;
    byte[] head = {
      2,
      0,
      0,
      0,
      0,
      1,
      2,
      0,
      0,
      0,
      0,
      2,
      8,
      0,
      0x45,
      0,
      0,
      (byte) (length - 14),
      0,
      1,
      0,
      0,
      64,
      17,
      0,
      0,
      10,
      0,
      0,
      1,
      10,
      0,
      0,
      2,
      4,
      0,
      0,
      (byte) (length % 2 == 0 ? 53 : 54),
      0,
      (byte) udp
    };
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  private static void write(SavefileWriter to, byte[] bytes, long stamp, @Nullable String comment)
      throws IOException {
    boolean _ =
        to.write(
            new MemoryFrame(
                LinkType.ETHERNET, MemorySegment.ofArray(bytes), 0, bytes.length, 1500, stamp, 0),
            PacketFlags.NONE,
            comment);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private Command.Result ringtap(String... arguments) throws Exception {
    String[] words = new String[arguments.length + 1];
    words[0] = "pcap";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return new Command(namespace).run(words);
  }

  private void done(String... arguments) throws Exception {
    Command.Result result = ringtap(arguments);
    assertThat(result.exitCode()).as(() -> String.join("\n", result.err())).isZero();
  }

  /// What tshark reads of each packet.
  private List<String> seen(String name) throws Exception {
    return tool(
        "tshark",
        "-r",
        file(name),
        "-T",
        "fields",
        "-e",
        "frame.time_epoch",
        "-e",
        "frame.len",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.comment",
        "-e",
        "udp.payload");
  }

  private List<String> tool(String... command) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return Files.readAllLines(output);
  }

  @ParameterizedTest
  @CsvSource({"pcapng", "pcap"})
  void mergesByTimeAndOneAfterTheOtherAsMergecapDoes(String ending) throws Exception {
    String format = ending.equals("pcap") ? "nsecpcap" : "pcapng";
    String nanos = ending.equals("pcap") ? "nanopcap" : "pcapng";
    String one = file("one." + ending); // for mergecap writes no pcap of a file with two link types
    done("edit", first.toString(), "-w", one, "--format", nanos);
    String two = second.toString();

    tool("mergecap", "-F", format, "-w", file("theirs"), one, two);
    done("merge", one, two, "-w", file("ours"), "--format", nanos);
    assertThat(seen("ours")).hasSize(35).isEqualTo(seen("theirs"));

    tool("mergecap", "-a", "-F", format, "-w", file("theirs"), one, two);
    done("merge", "-a", one, two, "-w", file("ours"), "--format", nanos);
    assertThat(seen("ours")).hasSize(35).isEqualTo(seen("theirs"));
  }

  @Test
  void keepsInterfacesStatisticsAndCommentsWhenItMerges() throws Exception {
    done("merge", second.toString(), first.toString(), "-w", file("ours.pcapng"));

    List<String> info = tool("capinfos", file("ours.pcapng"));
    assertThat(info)
        .anyMatch(line -> line.matches(".*Name = eth0"))
        .anyMatch(line -> line.matches(".*Description = to the lab"))
        .anyMatch(line -> line.matches("Number of interfaces in file: +3"))
        .anyMatch(line -> line.matches("Number of packets: +35"))
        .anyMatch(line -> line.contains("made here"));
    assertThat(ringtap("info", file("ours.pcapng")).out())
        .anyMatch(line -> line.contains("4 dropped by system"));
  }

  @Test
  void slicesByNumberTimeAndFilter() throws Exception {
    tool("editcap", "-r", first.toString(), file("theirs"), "2-5", "9", "20-25");
    done("slice", first.toString(), "-w", file("ours"), "-n", "2-5,9,20-");
    assertThat(seen("ours")).hasSize(11).isEqualTo(seen("theirs"));

    tool("editcap", first.toString(), file("theirs"), "2-5", "9", "20-25");
    done("slice", first.toString(), "-w", file("ours"), "-n", "2-5,9,20-", "--invert");
    assertThat(seen("ours")).hasSize(14).isEqualTo(seen("theirs"));

    tool(
        "editcap",
        "-A",
        "1700000003",
        "-B",
        "1700000007.000000500",
        first.toString(),
        file("theirs"));
    done(
        "slice",
        first.toString(),
        "-w",
        file("ours"),
        "--from",
        "2023-11-14T22:13:23Z",
        "--to",
        "1700000007.0000005");
    assertThat(seen("ours")).hasSize(6).isEqualTo(seen("theirs"));

    done("slice", first.toString(), "-w", file("other"), "--from", "+3s", "--to", "+7.0000005s");
    assertThat(seen("other")).isEqualTo(seen("ours"));

    tool("tshark", "-r", first.toString(), "-w", file("theirs"), "-Y", "udp.port == 53");
    done("slice", first.toString(), "-w", file("ours"), "udp", "port", "53");
    assertThat(seen("ours")).hasSize(15).isEqualTo(seen("theirs"));
  }

  @Test
  void leavesOutDuplicatesAsEditcapDoes() throws Exception {
    tool("editcap", "-d", first.toString(), file("theirs"));
    done("dedupe", first.toString(), "-w", file("ours"));
    assertThat(seen("ours")).hasSize(20).isEqualTo(seen("theirs"));

    done("dedupe", first.toString(), "-w", file("ours"), "--within", "500ns");
    assertThat(seen("ours")).hasSize(25);
  }

  @Test
  void changesTimesLengthsAndComments() throws Exception {
    tool("editcap", "-t", "-3600.5", "-s", "40", "-a", "7:here", first.toString(), file("theirs"));
    done(
        "edit",
        first.toString(),
        "-w",
        file("ours"),
        "--shift",
        "-3600.5",
        "-s",
        "40",
        "--comment",
        "7:here",
        "--file-comment",
        "changed");
    assertThat(seen("ours")).hasSize(25).isEqualTo(seen("theirs"));
    assertThat(tool("capinfos", file("ours"))).anyMatch(line -> line.contains("changed"));

    done("edit", file("ours"), "-w", file("bare.pcapng"), "--drop-comments");
    assertThat(ringtap("info", file("bare.pcapng")).out())
        .noneMatch(line -> line.startsWith("Comment"))
        .anyMatch(line -> line.startsWith("Interface 0:    eth0"));
  }

  @Test
  void addsAndDropsSecrets() throws Exception {
    Path keys = Files.writeString(directory.resolve("keys"), "CLIENT_RANDOM 00 11\n");

    done("edit", first.toString(), "-w", file("with.pcapng"), "--add-secrets", "tls:" + keys);
    assertThat(seen("with.pcapng")).isEqualTo(seen("first.pcapng"));
    tool("editcap", "--inject-secrets", "tls," + keys, first.toString(), file("theirs.pcapng"));
    assertThat(secrets("with.pcapng")).hasSize(1).isEqualTo(secrets("theirs.pcapng"));

    done("edit", file("with.pcapng"), "-w", file("without.pcapng"), "--drop-secrets");
    assertThat(ringtap("info", "--json", file("without.pcapng")).out().getFirst())
        .contains("\"other_blocks\":{}");
  }

  /// The blocks of secrets of a file, as hexadecimal digits.
  private List<String> secrets(String name) throws IOException {
    List<String> blocks = new ArrayList<>();
    try (SavefileReader reader = SavefileReader.open(directory.resolve(name))) {
      while (reader.nextBlock()) {
        if (reader.block().type() == Pcapng.DECRYPTION_SECRETS) {
          blocks.add(HexFormat.of().formatHex(reader.block().toArray()));
        }
      }
    }
    return blocks;
  }

  @Test
  void sortsAsReordercapDoesAcrossSections() throws Exception {
    done("merge", "-a", first.toString(), second.toString(), "-w", file("appended"));
    tool("mergecap", "-a", "-w", file("flat"), first.toString(), second.toString());
    tool("reordercap", file("flat"), file("theirs"));

    done("edit", file("appended"), "-w", file("ours"), "--sort");

    assertThat(seen("ours")).hasSize(35).isEqualTo(seen("theirs"));
    assertThat(directory.toFile().list()).noneMatch(name -> name.contains("sorting"));
  }

  @Test
  void splitsIntoFilesThatAreWhole() throws Exception {
    done("split", first.toString(), "-w", file("part.pcapng"), "-n", "10");

    List<String> parts = List.of("part_000000.pcapng", "part_000001.pcapng", "part_000002.pcapng");
    int packets = 0;
    for (String part : parts) {
      packets += seen(part).size();
      assertThat(tool("capinfos", file(part))).anyMatch(line -> line.contains("Name = eth0"));
    }
    assertThat(packets).isEqualTo(25);
    assertThat(seen(parts.getLast())).hasSize(5);
    done(
        "merge", "-a", file(parts.get(0)), file(parts.get(1)), file(parts.get(2)), "-w", file("x"));
    assertThat(seen("x")).isEqualTo(seen("first.pcapng"));
  }

  @Test
  void describesFilesAsCapinfosDoes() throws Exception {
    List<String> theirs = tool("capinfos", "-TmQ", "-c", "-d", "-a", "-e", "-S", first.toString());
    String[] values = theirs.getLast().split(",", -1);

    List<String> text = ringtap("info", first.toString()).out();
    String json = ringtap("info", "--json", first.toString()).out().getFirst();

    assertThat(text)
        .contains("Packets:        25", "Order:          by time", "Commented:      1 packets")
        .contains("Longest pause:  1.000000000 s, after packet 3")
        .contains("Comment:        made here")
        .anyMatch(line -> line.contains("30 received, 24 accepted by filter"));
    assertThat(values).contains("\"25\"");
    assertThat(json)
        .contains("\"packets\":25")
        .contains("\"first_ns\":1700000000000000000")
        .contains("\"last_ns\":1700000019000000000");
  }

  @Test
  void refusesBeforeItTouchesTheTarget() throws Exception {
    Path kept = Files.writeString(directory.resolve("kept.pcap"), "precious");
    List<List<String>> wrong =
        List.of(
            List.of("slice", first.toString(), "-w", kept.toString(), "tcp", "prt", "80"),
            List.of("slice", first.toString(), "-w", kept.toString(), "-n", "5-2"),
            List.of("slice", first.toString(), "-w", kept.toString(), "--from", "noon"),
            List.of("merge", first.toString(), file("missing"), "-w", kept.toString()),
            List.of("edit", first.toString(), "-w", kept.toString(), "--comment", "x"),
            List.of("edit", first.toString(), "-w", kept.toString(), "--comment", "1:x"),
            List.of("edit", first.toString(), "-w", first.toString()),
            List.of("dedupe", first.toString(), "-w", kept.toString(), "--window", "0"),
            List.of("split", first.toString(), "-w", kept.toString()));
    for (List<String> each : wrong) {
      Command.Result result = ringtap(each.toArray(String[]::new));

      assertThat(result.exitCode()).as(each.toString()).isEqualTo(3);
      assertThat(result.err()).as(each.toString()).hasSize(1);
      assertThat(result.err().getFirst()).startsWith("ringtap pcap " + each.getFirst() + ": ");
    }
    assertThat(kept).hasContent("precious");
    assertThat(seen("first.pcapng")).hasSize(25);
  }

  @Test
  void keepsWhatStandsBeforeTheDamage() throws Exception {
    byte[] whole = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(whole, whole.length - 30));

    Command.Result result = ringtap("edit", second.toString(), "-w", file("saved.pcapng"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).anyMatch(line -> line.contains("second.pcap"));
    assertThat(seen("saved.pcapng")).hasSize(9);
  }
}
