package io.ringtap.system.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.DirectFile;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of ours, as other tools read them; files that other tools made, as we read them.
class SavefileJudgesTest {
  private static final long STAMP = 1_700_000_000_123_456_789L;
  private static final int COUNT = 50;

  @TempDir private Path directory;

  /// A packet as any tool sees it.
  private record Seen(long epochNanos, int origlen, String frame) {}

  @BeforeAll
  static void needsTools() {
    List.of("tcpdump", "tshark", "capinfos", "editcap", "mergecap").forEach(Requirement::tool);
  }

  @ParameterizedTest
  @EnumSource
  void tcpdumpAndTsharkReadWhatWeWrite(SavefileFormat format) throws Exception {
    List<Seen> packets = packets(format);
    Path file = write("ours", format, packets, SavefileCompression.NONE);

    assertThat(tshark(file)).isEqualTo(packets);
    List<String> lines =
        run("tcpdump", "-r", file.toString(), "-n", "-tt", "--time-stamp-precision=nano", "-xx");
    assertThat(lines.stream().filter(line -> line.startsWith("1700000000."))).hasSize(COUNT);
    assertThat(lines.getFirst()).startsWith("1700000000.123456");
    StringBuilder dump = new StringBuilder();
    lines.stream()
        .filter(line -> line.startsWith("\t0x"))
        .forEach(line -> dump.append(line.replaceAll(".*: +", "").replace(" ", "")));
    StringBuilder frames = new StringBuilder();
    packets.forEach(packet -> frames.append(packet.frame()));
    assertThat(dump.toString()).isEqualTo(frames.toString());
  }

  @Test
  void allToolsPassOverFiller() throws Exception {
    Path few =
        write(
            "few", SavefileFormat.PCAPNG, packets(SavefileFormat.PCAPNG), SavefileCompression.NONE);
    Path file = directory.resolve("filled.pcapng");
    SavefileOptions options =
        SavefileOptions.of(
                SavefileFormat.PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)))
            .withOpener(DirectFile::open);
    int rounds = 40;
    List<Seen> shown = new ArrayList<>();
    PacketRecorder recorder =
        PacketRecorder.open(
            () -> SavefileOutput.open(file, options), RecorderOptions.of(1), _ -> {});
    PacketHandler handler = recorder.handler(0);
    for (int i = 0; i < rounds; i++) {
      try (SavefileReader packet = SavefileReader.open(few)) {
        while (packet.next()) {
          handler.onPacket(packet); // without a word of its end
        }
      }
      shown.addAll(packets(SavefileFormat.PCAPNG));
    }
    recorder.close();

    String octets = HexFormat.of().formatHex(Files.readAllBytes(file));
    assertThat(octets.contains("44415080")).as("there is filler").isTrue();
    assertThat(read(file)).isEqualTo(shown);
    assertThat(tshark(file)).isEqualTo(shown);
    assertThat(run("tcpdump", "-r", file.toString(), "-n", "-t", "-q")).hasSize(shown.size());
    assertThat(run("capinfos", "-Mc", file.toString()))
        .anyMatch(line -> line.matches("Number of packets: +" + shown.size()));
    Path edited = directory.resolve("edited.pcapng");
    run("editcap", file.toString(), edited.toString());
    assertThat(read(edited)).isEqualTo(shown);
  }

  @Test
  void tsharkReadsWhatWePack() throws Exception {
    List<Seen> packets = packets(SavefileFormat.PCAPNG);
    Path file = write("ours.gz", SavefileFormat.PCAPNG, packets, SavefileCompression.GZIP);

    assertThat(tshark(file)).isEqualTo(packets);
    run("gzip", "--test", file.toString());
    assertThat(read(file)).isEqualTo(packets);
  }

  @Test
  void capinfosAndTsharkTellWhatStandsBesideThePackets() throws Exception {
    Path file = directory.resolve("told.pcapng");
    SavefileInterface first =
        new SavefileInterface("lab0", "to the lab", LinkType.ETHERNET, 262_144, "ip or arp");
    SavefileInterface second = new SavefileInterface("any", null, LinkType.LINUX_SLL2, 1000, null);
    Supplier<List<SavefileInterfaceStatistics>> statistics =
        () -> List.of(new SavefileInterfaceStatistics(0, 1234, 5, 900, 6, STAMP, STAMP + 1));
    SavefileOptions options =
        SavefileOptions.of(SavefileFormat.PCAPNG, List.of(first, second))
            .withSection(SavefileSection.OWN.withComments(List.of("evidence of the flood")))
            .withStatistics(statistics);
    MemorySegment frame = MemorySegment.ofArray(new byte[60]);
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      writer.write(
          new MemoryFrame(LinkType.ETHERNET, frame, 0, 60, 60, STAMP, 0),
          PacketFlags.INBOUND,
          "the first of many");
      writer.write(
          new MemoryFrame(LinkType.ETHERNET, frame, 0, 60, 60, STAMP, 0),
          PacketFlags.OUTBOUND,
          null);
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame, 0, 60, 60, STAMP, 1));
    }

    assertThat(String.join("\n", run("capinfos", file.toString())))
        .contains("evidence of the flood", "Ringtap", "Name = lab0", "Description = to the lab")
        .contains("Filter string = ip or arp", "Name = any", "Number of packets = 2")
        .contains("Time precision = nanoseconds (9)", "Number of stat entries = 1")
        .contains("Encapsulation = Linux cooked-mode capture v2");
    assertThat(
            run(
                "tshark",
                "-r",
                file.toString(),
                "-T",
                "fields",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.packet_flags_direction",
                "-e",
                "frame.comment"))
        .containsExactly("lab0\t0x00000001\tthe first of many", "lab0\t0x00000002\t", "any\t\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "nsecpcap", "pcapng"})
  void readsWhatEditcapWrites(String type) throws Exception {
    SavefileFormat format =
        type.equals("pcap") ? SavefileFormat.PCAP_MICROS : SavefileFormat.PCAPNG;
    List<Seen> packets = packets(format);
    Path ours = write("ours", SavefileFormat.PCAPNG, packets, SavefileCompression.NONE);
    Path theirs = directory.resolve("theirs");

    run("editcap", "-F", type, ours.toString(), theirs.toString());

    assertThat(read(theirs)).isEqualTo(packets);
  }

  @Test
  void readsWhatTcpdumpWrites() throws Exception {
    List<Seen> packets = packets(SavefileFormat.PCAP_NANOS);
    Path ours = write("ours", SavefileFormat.PCAP_NANOS, packets, SavefileCompression.NONE);
    Path theirs = directory.resolve("theirs");

    run("tcpdump", "-r", ours.toString(), "--time-stamp-precision=nano", "-w", theirs.toString());

    assertThat(read(theirs)).isEqualTo(packets);
  }

  /// No tool here writes big-endian files: ours is turned around, and tshark confirms that it is
  /// one.
  @Test
  void readsBigEndianFilesAsTsharkDoes() throws Exception {
    List<Seen> packets = packets(SavefileFormat.PCAP_NANOS);
    Path little = write("little", SavefileFormat.PCAP_NANOS, packets, SavefileCompression.NONE);
    Path big = directory.resolve("big");
    Files.write(big, turned(Files.readAllBytes(little)));

    assertThat(tshark(big)).isEqualTo(packets);
    assertThat(read(big)).isEqualTo(packets);
  }

  @Test
  void readsFilesOfSeveralInterfacesThatMergecapMakes() throws Exception {
    List<Seen> packets = packets(SavefileFormat.PCAP_MICROS);
    Path ethernet = write("a", SavefileFormat.PCAP_MICROS, packets, SavefileCompression.NONE);
    Path cooked = directory.resolve("b");
    try (SavefileWriter writer =
        SavefileWriter.open(
            cooked,
            SavefileOptions.of(
                SavefileFormat.PCAP_NANOS,
                List.of(SavefileInterface.of(LinkType.LINUX_SLL2, 262_144))))) {
      writer.write(
          new MemoryFrame(
              LinkType.ETHERNET, MemorySegment.ofArray(new byte[40]), 0, 40, 40, STAMP + 1, 0));
    }
    Path merged = directory.resolve("merged");

    run(
        "mergecap",
        "-F",
        "pcapng",
        "-I",
        "none",
        "-w",
        merged.toString(),
        ethernet.toString(),
        cooked.toString());

    try (SavefileReader reader = SavefileReader.open(merged)) {
      int fromCooked = 0;
      int all = 0;
      while (reader.next()) {
        all++;
        LinkType linkType = reader.interfaceOf(reader.interfaceId()).linkType();
        if (linkType.number() == LinkType.LINUX_SLL2.number()) {
          fromCooked++;
          assertThat(reader.epochNanos()).isEqualTo(STAMP + 1);
        }
      }
      assertThat(reader.interfaces()).hasSize(2);
      assertThat(fromCooked).isEqualTo(1);
      assertThat(all).isEqualTo(COUNT + 1);
    }
    assertThat(tshark(merged)).hasSize(COUNT + 1).containsAll(read(merged));
  }

  private static List<Seen> packets(SavefileFormat format) {
    SplittableRandom random = new SplittableRandom(7);
    List<Seen> packets = new ArrayList<>();
    long unit = format == SavefileFormat.PCAP_MICROS ? 1000 : 1;
    for (int i = 0; i < COUNT; i++) {
      byte[] frame = new byte[14 + random.nextInt(1400)];
      random.nextBytes(frame);
      long stamp = (STAMP + i * 1001L) / unit * unit;
      packets.add(
          new Seen(stamp, frame.length + random.nextInt(2) * 100, HexFormat.of().formatHex(frame)));
    }
    return packets;
  }

  private Path write(
      String name, SavefileFormat format, List<Seen> packets, SavefileCompression compression)
      throws IOException {
    Path file = directory.resolve(name);
    SavefileOptions options =
        SavefileOptions.of(format, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)))
            .withCompression(compression);
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      for (Seen each : packets) {
        byte[] frame = HexFormat.of().parseHex(each.frame());
        writer.write(
            new MemoryFrame(
                LinkType.ETHERNET,
                MemorySegment.ofArray(frame),
                0,
                frame.length,
                each.origlen(),
                each.epochNanos(),
                0));
      }
    }
    return file;
  }

  private static List<Seen> read(Path file) throws IOException {
    List<Seen> packets = new ArrayList<>();
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        byte[] frame = reader.memory().asSlice(reader.offset(), reader.caplen()).toArray(JAVA_BYTE);
        packets.add(
            new Seen(reader.epochNanos(), reader.origlen(), HexFormat.of().formatHex(frame)));
      }
    }
    return packets;
  }

  /// Fields of each packet, and its bytes as JSON has them.
  private List<Seen> tshark(Path file) throws Exception {
    List<String> fields =
        run(
            "tshark",
            "-r",
            file.toString(),
            "-T",
            "fields",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.len",
            "-e",
            "frame.cap_len");
    List<String> hex = rawFrames(run("tshark", "-r", file.toString(), "-T", "jsonraw"));
    List<Seen> packets = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String[] field = fields.get(i).split("\t", -1);
      String[] stamp = field[0].split("\\.", -1);
      long nanos = Long.parseLong(stamp[0]) * 1_000_000_000L + Long.parseLong(stamp[1]);
      assertThat(hex.get(i)).hasSize(2 * Integer.parseInt(field[2]));
      packets.add(new Seen(nanos, Integer.parseInt(field[1]), hex.get(i)));
    }
    return packets;
  }

  private static List<String> rawFrames(List<String> lines) {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"frame_raw\"")) {
        frames.add(lines.get(i + 1).trim().replaceAll("[\",]", ""));
      }
    }
    return frames;
  }

  /// A little-endian pcap file in the other byte order.
  private static byte[] turned(byte[] file) {
    ByteBuffer from = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(file.length);
    to.putInt(from.getInt()).putShort(from.getShort()).putShort(from.getShort());
    to.putLong(from.getLong()).putInt(from.getInt()).putInt(from.getInt());
    while (from.hasRemaining()) {
      to.putInt(from.getInt()).putInt(from.getInt());
      int caplen = from.getInt();
      to.putInt(caplen).putInt(from.getInt());
      byte[] frame = new byte[caplen];
      from.get(frame);
      to.put(frame);
    }
    return to.array();
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(() -> failure(errors)).isZero();
    return Files.readAllLines(output);
  }

  private static String failure(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
