package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.system.Command;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that come through pipes, and what a copy keeps.
class CaptureCommandStreamsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FRAME_BYTES = 60;

  @TempDir private Path directory;
  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    lab = new CaptureFixture();
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /// A file of ten packets, the first three received, the next three sent.
  private Path tenPackets(SavefileFormat format) throws IOException {
    Path file = directory.resolve("ten");
    SavefileOptions options =
        SavefileOptions.of(format, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      for (int i = 0; i < 10; i++) {
        int flags = i < 3 ? PacketFlags.INBOUND : i < 6 ? PacketFlags.OUTBOUND : PacketFlags.NONE;
        writer.write(
            MemoryFrame.of(LinkType.ETHERNET, new byte[FRAME_BYTES]).withStamp(1_000_000_000L * i),
            flags,
            null);
      }
    }
    return file;
  }

  private static long packetsIn(Path file) throws IOException {
    long packets = 0;
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        packets++;
      }
    }
    return packets;
  }

  /// The last packet is cut: the capture waits for the rest of it.
  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdin", "pipe"})
  void keepsEveryPacketThatCameWhenItIsStopped(String source) throws Exception {
    byte[] whole = Files.readAllBytes(tenPackets(SavefileFormat.PCAP_MICROS));
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    Path copy = directory.resolve("copy.pcapng");
    String named = source.equals("pipe") ? file("pipe") : source;
    if (source.equals("pipe")) {
      lab.tool("mkfifo", named);
    }

    Process process = lab.ringtap.start("capture", "-r", named, "-w", copy.toString());
    try (OutputStream end =
        source.equals("pipe") ? Files.newOutputStream(Path.of(named)) : process.getOutputStream()) {
      end.write(cut);
      end.flush();
      // Until the first packet there is no file, or nothing in it.
      await().atMost(PATIENCE).ignoreExceptions().until(() -> packetsIn(copy) == 9);
      lab.tool("kill", "-INT", "" + process.pid());
      Command.Result result = Command.finish(process);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).endsWith("9 packets read", "9 packets written");
    }
    assertThat(packetsIn(copy)).isEqualTo(9);
  }

  @Test
  void countsOnOneSignalAndWritesOnTheOtherAndGoesOn() throws Exception {
    String file = file("x.pcapng");
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, "-i", "lo", "-w", file)) {
      lab.send(5, 10);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            capture.signal("USR2");
            capture.signal("USR1");
            return capture.err().contains("5 packets captured");
          });
      lab.send(2, 10);

      Command.Result result = capture.end("TERM");

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).contains("7 packets captured");
    }
    assertThat(packetsIn(Path.of(file))).isEqualTo(7);
  }

  @Test
  void endsAfterTheLastFileOnASilentLink() throws Exception {
    Command.Result result =
        lab.ringtap.run("capture", "-i", "lo", "-G", "1", "-W", "2", "-w", file("x_%s.pcapng"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("0 packets captured");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  /// A section with a comment, names, a packet with a comment, blocks that are not known here, and
  /// another interface after the packet.
  private static byte[] everything() {
    BlockBuilder file = new BlockBuilder();
    file.begin(Pcapng.SECTION_HEADER)
        .word(Pcapng.BYTE_ORDER_MAGIC)
        .half(1)
        .half(0)
        .doubleWord(-1)
        .option(Pcapng.OPT_COMMENT, "evidence")
        .option(Pcapng.SHB_HARDWARE, "a machine")
        .end(Pcapng.SECTION_HEADER_BYTES);
    description(file, LinkType.ETHERNET);
    file.begin(Pcapng.DECRYPTION_SECRETS).word(0x544C534B).word(4).word(0x0A0A0A0A).end(24);
    file.begin(Pcapng.CUSTOM).word(32_473).word(7).end(20);
    packet(file, 0);
    file.begin(0x7777).word(1).end(16);
    description(file, new LinkType(200)); // which no packet uses
    packet(file, 0);
    file.begin(Pcapng.INTERFACE_STATISTICS)
        .word(0)
        .doubleWord(0)
        .option(Pcapng.ISB_IFDROP, new byte[8])
        .end(Pcapng.INTERFACE_STATISTICS_BYTES);
    return file.toArray();
  }

  private static void description(BlockBuilder file, LinkType linkType) {
    file.begin(Pcapng.INTERFACE_DESCRIPTION)
        .half(linkType.number())
        .half(0)
        .word(0)
        .option(Pcapng.IF_NAME, "eth0")
        .end(Pcapng.INTERFACE_DESCRIPTION_BYTES);
  }

  private static void packet(BlockBuilder file, int interfaceId) {
    file.begin(Pcapng.ENHANCED_PACKET)
        .word(interfaceId)
        .doubleWord(0)
        .word(FRAME_BYTES)
        .word(FRAME_BYTES)
        .bytes(new byte[FRAME_BYTES])
        .option(Pcapng.OPT_COMMENT, "one")
        .option(Pcapng.OPT_COMMENT, "two")
        .end(Pcapng.ENHANCED_PACKET_BYTES + FRAME_BYTES);
  }

  @Test
  void copiesPcapngOctetForOctetAlsoThroughPipes() throws Exception {
    Requirement.tool("capinfos");
    Path source = Files.write(directory.resolve("source.pcapng"), everything());
    Path copy = directory.resolve("copy.pcapng");

    Process process = lab.ringtap.start("capture", "-r", "-", "-w", copy.toString());
    try (OutputStream end = process.getOutputStream()) {
      end.write(everything());
      end.write(everything()); // as cat(1) joins files
    }
    Command.Result result = Command.finish(process);

    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    byte[] twice = Arrays.copyOf(everything(), 2 * everything().length);
    System.arraycopy(everything(), 0, twice, everything().length, everything().length);
    assertThat(copy).hasBinaryContent(twice);
    assertThat(lab.tool("capinfos", "-cM", copy.toString())).contains("Number of packets:   4");
    Path filtered = directory.resolve("filtered.pcapng");
    assertThat(
            lab.ringtap
                .run("capture", "-r", source.toString(), "-w", filtered.toString(), "len >= 60")
                .exitCode())
        .isZero();
    assertThat(filtered).hasBinaryContent(everything());
  }

  @Test
  void saysOnceWhatIsMarkedAsNotToBeCopied() throws Exception {
    BlockBuilder marks = new BlockBuilder();
    marks.begin(Pcapng.CUSTOM_NOT_COPIED).word(32_473).word(1).end(20);
    marks.begin(Pcapng.CUSTOM_NOT_COPIED).word(32_473).word(2).end(20);
    byte[] marked = Arrays.copyOf(everything(), everything().length + marks.toArray().length);
    System.arraycopy(marks.toArray(), 0, marked, everything().length, marks.toArray().length);
    String source = Files.write(directory.resolve("source.pcapng"), marked).toString();
    Path copy = directory.resolve("copy.pcapng");
    Path edited = directory.resolve("edited.pcapng");

    Command.Result filtered =
        lab.ringtap.run("capture", "-r", source, "-w", copy.toString(), "len >= 60");
    Command.Result shortened =
        lab.ringtap.run("pcap", "edit", source, "-w", edited.toString(), "--snaplen", "1000");

    String notice = "left out, for the file says that it is not to be copied: custom blocks";
    assertThat(filtered.err()).containsOnlyOnce("ringtap capture: " + notice);
    assertThat(copy).hasBinaryContent(everything());
    assertThat(shortened.err()).containsOnlyOnce("ringtap pcap edit: " + notice);
    assertThat(edited).hasBinaryContent(everything());
  }

  /// Whoever reads the copy of a stream knows what it is before its first packet, as with tcpdump.
  @Test
  void passesTheHeaderOfAPcapStreamOnAtOnce() throws Exception {
    byte[] header = PacketBytes.fromHex("d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000");
    Process process = lab.ringtap.start("capture", "-r", "-", "--format", "pcap", "-w", "-");
    try (OutputStream end = process.getOutputStream()) {
      end.write(header);
      end.flush();

      assertThat(process.getInputStream().readNBytes(header.length)).isEqualTo(header);
    }
    assertThat(Command.finish(process).exitCode()).isZero();
  }

  @Test
  void saysWhatPcapHasNoRoomFor() throws Exception {
    Path source = Files.write(directory.resolve("source.pcapng"), everything());
    Path copy = directory.resolve("copy.pcap");

    Command.Result result =
        lab.ringtap.run("capture", "-r", source.toString(), "-w", copy.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .last()
        .isEqualTo(
            "ringtap capture: a pcap file has no room for: comments, what the file says of its"
                + " making, what the file says of its interfaces, decryption secrets, custom"
                + " blocks, packet comments, blocks of type 30583, interface statistics");
    assertThat(packetsIn(copy)).isEqualTo(2);
  }

  @Test
  void choosesDirectionsAndCutsPacketsOfAFile() throws Exception {
    String ten = tenPackets(SavefileFormat.PCAPNG).toString();

    Command.Result in = lab.ringtap.run("capture", "-r", ten, "-Q", "in", "--json");
    Command.Result out = lab.ringtap.run("capture", "-r", ten, "-Q", "out", "-s", "20", "--json");

    assertThat(in.out()).hasSize(4).last().asString().contains("\"read\":10,\"shown\":3");
    assertThat(in.err())
        .last()
        .asString()
        .isEqualTo(
            "ringtap capture: -Q leaves out packets whose direction " + ten + " does not say: 4");
    assertThat(out.out()).hasSize(4).first().asString().contains("\"caplen\":20,\"len\":60");
  }

  @Test
  void refusesWhatMeansNothingForAFile() throws Exception {
    String ten = tenPackets(SavefileFormat.PCAPNG).toString();

    for (List<String> option :
        List.of(
            List.of("-B", "64M"),
            List.of("-j", "host"),
            List.of("--threads", "2"),
            List.of("--mode", "recv"),
            List.of("--fanout", "lb"),
            List.of("--retire", "1s"),
            List.of("--cpus", "0"),
            List.of("--netns", "x"))) {
      Command.Result result =
          lab.ringtap.run("capture", "-r", ten, option.getFirst(), option.getLast());

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .containsExactly(
              "ringtap capture: " + option.getFirst() + " is about interfaces: not with -r");
    }
    assertThat(lab.ringtap.run("capture", "-r", "@" + ten).err())
        .containsExactly("ringtap capture: @" + ten + ": no such file or directory");
    assertThat(lab.ringtap.run("capture", "-i", "lo", "-F", "/dev/zero").err())
        .containsExactly(
            "ringtap capture: /dev/zero: more than 16 MiB, which is too much for a filter");
  }

  @Test
  void takesAlternativeNamesAndNumbersOfInterfaces() throws Exception {
    String name = "an-alternative-name-that-is-long";
    lab.tool("ip", "link", "property", "add", "dev", "lo", "altname", name);
    List<String> listed = lab.ringtap.run("capture", "-D").out();
    int number = 1;
    while (!listed.get(number - 1).startsWith(number + ".lo ")) {
      number++;
    }

    for (String given : List.of(name, "" + number)) {
      try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, "-i", given)) {
        assertThat(capture.end("TERM").err())
            .first()
            .asString()
            .startsWith("ringtap capture: listening on lo, ");
      }
    }
    Command.Result unknown = lab.ringtap.run("capture", "-i", "" + (listed.size() + 1));
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(lab.ringtap.run("interfaces", name).out()).first().asString().startsWith("1: lo ");
  }

  @Test
  void saysOfARecordingOnWhatAndWithWhichFilterItWasMade() throws Exception {
    Path file = directory.resolve("x.pcapng");
    try (CaptureProcess capture =
        CaptureProcess.start(
            lab.ringtap, "-i", "lo", "-w", file.toString(), "udp port " + CaptureFixture.PORT)) {
      capture.end("TERM");
    }

    try (SavefileReader reader = SavefileReader.open(file)) {
      assertThat(reader.section().os()).startsWith("Linux ");
      assertThat(reader.section().hardware()).isNotBlank();
      assertThat(reader.interfaces())
          .extracting(SavefileInterface::filter)
          .containsExactly("udp port " + CaptureFixture.PORT);
    }
  }

  @Test
  void closesManyRingsWithoutLosingTheSummary() throws Exception {
    try (CaptureProcess capture =
        CaptureProcess.start(
            lab.ringtap, "-i", "lo", "--threads", "64", "-B", "256", "--rate", "udp port 9")) {
      Command.Result result = capture.end("INT");

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).contains("0 packets captured", "0 packets dropped by kernel");
    }
  }
}
