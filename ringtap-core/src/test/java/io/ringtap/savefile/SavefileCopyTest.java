package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.savefile.block.Pcapng;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Copies of files made by hand, byte for byte.
class SavefileCopyTest {
  @TempDir Path directory;

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  /// With blocks and options of all kinds, known here or not.
  private static byte[] everything(ByteOrder order) {
    BlockBytes file = new BlockBytes(order);
    return file.section(
            file.option(1, "a comment"),
            file.option(1, "another"),
            file.option(2, "a CPU"),
            file.option(3, "a system"),
            file.option(4, "an application"))
        .description(
            1,
            96,
            file.option(2, "eth0"),
            file.option(3, "to the lab"),
            file.option(4, new byte[8]),
            file.option(6, new byte[6]),
            file.option(8, new byte[8]),
            file.option(9, new byte[] {6}),
            file.option(11, "\0ip"),
            file.option(12, "a system"),
            file.option(13, new byte[] {32}),
            file.option(15, "a card"))
        .block(
            10,
            file.words(0x544C534B, 6),
            "CLIENT\0\0".getBytes(StandardCharsets.UTF_8),
            file.option(1, "secret"))
        .block(4, file.halves(1, 7), new byte[] {127, 0, 0, 1, 'l', 'o', 0, 0}, file.halves(0, 0))
        .packet(
            0,
            1_000_000,
            "0102030405",
            file.option(1, "one"),
            file.option(2, file.words(5)),
            file.option(1, "two"),
            file.option(3, new byte[] {1, 2, 3, 4}),
            file.option(4, new byte[8]),
            file.option(5, new byte[8]),
            file.option(6, file.words(3)),
            file.option(7, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0}),
            file.option(2988, file.words(32_473)))
        .block(0xBAD, file.words(32_473), "anything".getBytes(StandardCharsets.UTF_8))
        .block(9, "__CURSOR=1\n\n\n".getBytes(StandardCharsets.UTF_8))
        .block(0x7777, "not known".getBytes(StandardCharsets.UTF_8))
        .block(5, file.words(0, 0, 0), file.option(5, new byte[8]))
        .description(276, 0, file.option(9, new byte[] {9}))
        .packet(1, 1_500_000_000, "00".repeat(20))
        .block(2, file.halves(0, 7), file.words(0, 2_000_000, 2, 2), new byte[] {1, 2, 0, 0})
        .block(3, file.words(4), new byte[] {1, 2, 3, 4})
        .block(5, file.words(0, 0, 0), file.option(7, new byte[8]))
        .toArray();
  }

  private static byte[] copied(byte[] file, SavefileFormat format) throws IOException {
    return copied(file, format, new ArrayList<>());
  }

  private static byte[] copied(byte[] file, SavefileFormat format, List<String> losses)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SavefileReader reader = Savefiles.reader(file);
        SavefileCopy copy =
            SavefileCopy.to(
                Channels.newChannel(bytes), "copy", SavefileOptions.of(format, List.of()))) {
      while (reader.nextBlock()) {
        assertThat(copy.write(reader)).isTrue();
      }
      losses.addAll(copy.losses());
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsEveryByteOfPcapng(ByteOrder order) throws Exception {
    byte[] file = everything(order);

    assertThat(copied(file, SavefileFormat.PCAPNG)).isEqualTo(file);
  }

  /// A file in which everything that may have options has some, with those not to be copied among
  /// them or without.
  private static byte[] marked(ByteOrder order, boolean hasMarks) {
    BlockBytes file = new BlockBytes(order);
    byte[] comment = file.option(1, "kept");
    byte[] end = file.halves(0, 0);
    byte[] custom = file.option(2988, file.words(32_473));
    byte[] text = hasMarks ? file.option(19_372, file.words(32_473, 7)) : new byte[0];
    byte[] bytes = hasMarks ? file.option(19_373, file.words(32_473)) : new byte[0];
    file.section(text, comment, bytes).description(1, 0, bytes, comment);
    if (hasMarks) {
      file.block(0x4000_0BAD, file.words(32_473, 1));
    }
    return file.block(0xBAD, file.words(32_473, 1))
        .block(10, file.words(0x544C534B, 4, 1), comment, text, end)
        .block(4, file.halves(0, 0), comment, text, end)
        .packet(0, 1, "0102030405", text, comment, bytes, custom)
        .packet(0, 2, "0102", hasMarks ? new byte[][] {bytes} : new byte[0][])
        .block(5, file.words(0, 0, 0), comment, bytes, end)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void leavesOutWhatIsMarkedAsNotToBeCopied(ByteOrder order) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ByteArrayOutputStream merged = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAPNG, List.of());

    List<String> withheld = copyChanged(marked(order, true), whole, options);
    List<String> withheldOfMerged =
        copyChanged(marked(order, true), merged, options.withOneSection());
    List<String> none = copyChanged(marked(order, false), expected, options.withOneSection());

    assertThat(whole.toByteArray()).isEqualTo(marked(order, false));
    assertThat(merged.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(withheld).containsExactlyInAnyOrder("custom options", "custom blocks");
    assertThat(withheldOfMerged).containsExactlyInAnyOrder("custom options", "custom blocks");
    assertThat(none).isEmpty();
  }

  /// Copies a file, whose packets are written as if they were changed, and section headers as if
  /// they were edited.
  private static List<String> copyChanged(
      byte[] file, ByteArrayOutputStream to, SavefileOptions options) throws IOException {
    try (SavefileReader reader = Savefiles.reader(file);
        SavefileCopy copy = SavefileCopy.to(Channels.newChannel(to), "copy", options)) {
      while (reader.nextBlock()) {
        if (reader.isPacket() && reader.caplen() > 2) {
          copy.write(reader, reader, reader.comments());
        } else if (reader.block().type() == Pcapng.SECTION_HEADER) {
          copy.write(reader, reader.block().toArray());
        } else {
          copy.write(reader);
        }
      }
      return copy.withheld();
    }
  }

  @Test
  void beginsACopyOfPcapBeforeTheFirstPacket() throws Exception {
    byte[] pcap =
        Savefiles.file(
            SavefileOptions.of(
                SavefileFormat.PCAP_NANOS, List.of(SavefileInterface.of(LinkType.RAW, 96))),
            List.of());
    for (SavefileFormat format : SavefileFormat.values()) {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      byte[] begun;
      try (SavefileReader reader = Savefiles.reader(pcap);
          SavefileCopy copy =
              SavefileCopy.to(
                  Channels.newChannel(to),
                  "copy",
                  SavefileOptions.of(format, reader.interfaces()))) {
        copy.begin(reader);
        begun = to.toByteArray();
      }

      assertThat(to.toByteArray()).isEqualTo(begun);
      try (SavefileReader reader = Savefiles.reader(begun)) {
        assertThat(reader.interfaces())
            .extracting(SavefileInterface::linkType)
            .containsExactly(LinkType.RAW);
      }
    }
  }

  @Test
  void keepsSectionsOfBothByteOrders() throws Exception {
    byte[] file =
        BlockBytes.joined(
            everything(ByteOrder.BIG_ENDIAN),
            everything(ByteOrder.LITTLE_ENDIAN),
            everything(ByteOrder.BIG_ENDIAN));

    List<String> losses = new ArrayList<>();
    assertThat(copied(file, SavefileFormat.PCAPNG, losses)).isEqualTo(file);
    assertThat(losses).isEmpty();
  }

  /// The length of a section is right only while nothing in it changes; a copy does not know yet.
  @Test
  void leavesTheLengthOfASectionOpen() throws Exception {
    byte[] file = everything(ByteOrder.LITTLE_ENDIAN);
    byte[] withLength = file.clone();
    withLength[16] = 100;
    for (int i = 17; i < 24; i++) {
      withLength[i] = 0;
    }

    assertThat(copied(withLength, SavefileFormat.PCAPNG)).isEqualTo(file);
  }

  @Test
  void saysOnceWhatPcapHasNoRoomFor() throws Exception {
    BlockBytes blocks = new BlockBytes(ByteOrder.LITTLE_ENDIAN);
    byte[] file =
        blocks
            .section(blocks.option(1, "a comment"), blocks.option(3, "a system"))
            .description(1, 96, blocks.option(2, "eth0"), blocks.option(9, new byte[] {9}))
            .block(10, blocks.words(0, 0))
            .block(4, blocks.halves(0, 0))
            .packet(0, 1001, "0102", blocks.option(1, "one"), blocks.option(2, blocks.words(5)))
            .packet(0, 1001, "0102", blocks.option(1, "one"), blocks.option(4, new byte[8]))
            .packet(0, 1001, "0102", blocks.option(5, new byte[8]))
            .block(5, blocks.words(0, 0, 0))
            .block(5, blocks.words(0, 0, 0))
            .block(9, new byte[4])
            .block(0xBAD, new byte[4])
            .block(77, new byte[4])
            .toArray();
    List<String> losses = new ArrayList<>();

    byte[] copy = copied(file, SavefileFormat.PCAP_MICROS, losses);

    assertThat(losses)
        .containsExactly(
            "comments",
            "what the file says of its making",
            "what the file says of its interfaces",
            "decryption secrets",
            "name resolution",
            "directions and other packet flags",
            "nanoseconds of stamps",
            "packet comments",
            "drop counts of packets",
            "other packet options",
            "interface statistics",
            "journal entries",
            "custom blocks",
            "blocks of type 77");
    StoredPacket packet = new StoredPacket(0, 1000, 0, "0102", 2, null);
    assertThat(Savefiles.packets(copy)).containsExactly(packet, packet, packet);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheFrameCheckSequencesOfPcap(SavefileFormat format) throws Exception {
    SavefileInterface source = SavefileInterface.of(LinkType.ETHERNET, 96).withFcsBits(32);
    byte[] file =
        Savefiles.file(
            SavefileOptions.of(SavefileFormat.PCAP_MICROS, List.of(source)),
            List.of(Savefiles.at(1, 60)));
    assertThat(file).startsWith(0xD4, 0xC3, 0xB2, 0xA1).containsSequence(1, 0, 0, 0x24);

    byte[] copy = copied(file, format);

    try (SavefileReader reader = Savefiles.reader(copy)) {
      assertThat(reader.format()).isEqualTo(format);
      assertThat(reader.interfaces()).containsExactly(source);
      assertThat(reader.next()).isTrue();
      assertThat(Savefiles.stored(reader)).isEqualTo(Savefiles.at(1, 60));
    }
    assertThat(copied(copy, SavefileFormat.PCAP_MICROS)).isEqualTo(file);
  }

  @Test
  void judgesThePacketsAndNotTheInterfaces() throws Exception {
    byte[] unused =
        new BlockBytes(ByteOrder.BIG_ENDIAN)
            .section()
            .description(1, 96)
            .description(200, 96)
            .packet(0, 7, "0102")
            .toArray();
    byte[] used =
        BlockBytes.joined(
            unused,
            new BlockBytes(ByteOrder.BIG_ENDIAN)
                .section()
                .description(101, 96)
                .packet(0, 7, "45")
                .toArray());

    assertThat(Savefiles.packets(copied(unused, SavefileFormat.PCAP_MICROS)))
        .containsExactly(new StoredPacket(0, 7000, 0, "0102", 2, null));
    assertThatThrownBy(() -> copied(used, SavefileFormat.PCAP_MICROS))
        .hasMessage(
            "x.pcap: a packet of link type RAW (Raw IP); the pcap file holds EN10MB (Ethernet), and"
                + " no other: write pcapng");
  }

  @ParameterizedTest
  @MethodSource("orders")
  void changesAPacketAndNothingElseOfIt(ByteOrder order) throws Exception {
    BlockBytes before = new BlockBytes(order);
    byte[] file =
        before
            .section()
            .description(1, 96, before.option(9, new byte[] {3}))
            .packet(
                0,
                5000,
                "0102030405",
                before.option(1, "one"),
                before.option(2, before.words(5)),
                before.option(2988, before.words(32_473)))
            .packet(0, 6000, "01")
            .toArray();
    BlockBytes after = new BlockBytes(order);
    byte[] expected =
        after
            .section()
            .description(1, 96, after.option(9, new byte[] {3}))
            .block(
                6,
                after.words(0, 0, 5001, 2, 5),
                new byte[] {1, 2, 0, 0},
                after.option(1, "two"),
                after.option(1, "three"),
                after.option(2, after.words(5)),
                after.option(2988, after.words(32_473)),
                after.words(0))
            .block(0xBAD, after.words(1))
            .packet(0, 6000, "01")
            .toArray();

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SavefileReader reader = Savefiles.reader(file);
        SavefileCopy copy =
            SavefileCopy.to(
                Channels.newChannel(bytes),
                "copy",
                SavefileOptions.of(SavefileFormat.PCAPNG, List.of()))) {
      while (reader.nextBlock()) {
        if (reader.isPacket() && reader.caplen() > 2) {
          MemoryFrame cut =
              new MemoryFrame(
                  reader.linkType(),
                  reader.memory(),
                  reader.offset(),
                  2,
                  reader.origlen(),
                  reader.epochNanos() + 1_000_000,
                  0);
          copy.write(reader, cut, List.of("two", "three"));
          copy.write(reader, after(order));
        } else {
          copy.write(reader);
        }
      }
    }

    assertThat(bytes.toByteArray()).isEqualTo(expected);
  }

  private static byte[] after(ByteOrder order) {
    BlockBytes block = new BlockBytes(order);
    return block.block(0xBAD, block.words(1)).toArray();
  }

  @Test
  void beginsEachFileOfARotationWithWhatItsPacketsNeed() throws Exception {
    BlockBytes blocks = new BlockBytes(ByteOrder.BIG_ENDIAN);
    byte[] head =
        blocks
            .section(blocks.option(1, "a comment"))
            .description(1, 96)
            .block(10, blocks.words(0, 0))
            .toArray();
    byte[] custom = new BlockBytes(ByteOrder.BIG_ENDIAN).block(0xBAD, new byte[4]).toArray();
    byte[] first = packet(0, 1_000_000);
    byte[] later =
        new BlockBytes(ByteOrder.BIG_ENDIAN).description(276, 0).block(4, new byte[4]).toArray();
    byte[] second = packet(1, 2_000_000);
    byte[] statistics =
        new BlockBytes(ByteOrder.BIG_ENDIAN).block(5, blocks.words(0, 0, 0)).toArray();
    byte[] file = BlockBytes.joined(head, custom, first, later, second, statistics);
    SavefileOptions options =
        SavefileOptions.of(SavefileFormat.PCAPNG, List.of())
            .withRotation(Rotation.every(Duration.ofSeconds(1)))
            .withZone(ZoneOffset.UTC);

    try (SavefileReader reader = Savefiles.reader(file);
        SavefileCopy copy = SavefileCopy.open(directory.resolve("x_%s.pcapng"), options)) {
      while (reader.nextBlock()) {
        copy.write(reader);
      }
    }

    assertThat(Files.readAllBytes(directory.resolve("x_1.pcapng")))
        .isEqualTo(BlockBytes.joined(head, custom, first, later));
    assertThat(Files.readAllBytes(directory.resolve("x_2.pcapng")))
        .isEqualTo(BlockBytes.joined(head, later, second, statistics));
  }

  private static byte[] packet(int interfaceId, int units) {
    return new BlockBytes(ByteOrder.BIG_ENDIAN).packet(interfaceId, units, "01").toArray();
  }

  @ParameterizedTest
  @EnumSource
  void isASavefileAlsoWithoutPackets(SavefileFormat format) throws Exception {
    byte[] pcap = Savefiles.file(Savefiles.options(SavefileFormat.PCAP_NANOS), List.of());

    byte[] copy = copied(pcap, format);

    try (SavefileReader reader = Savefiles.reader(copy)) {
      assertThat(reader.interfaces()).hasSize(1);
      assertThat(reader.next()).isFalse();
    }
  }

  /// Larger than the buffer, and an unknown block larger than any packet.
  @Test
  void keepsLargeBlocks() throws Exception {
    BlockBytes blocks = new BlockBytes(ByteOrder.LITTLE_ENDIAN);
    byte[] file =
        blocks
            .section()
            .description(1, 0)
            .packet(0, 1, "ab".repeat(3 << 20))
            .block(0x7777, new byte[17 << 20])
            .packet(0, 2, "01")
            .toArray();

    assertThat(copied(file, SavefileFormat.PCAPNG)).isEqualTo(file);
  }
}
