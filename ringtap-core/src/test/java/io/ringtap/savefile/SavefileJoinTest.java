package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.Savefiles.StoredPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Copies of several files into one section.
class SavefileJoinTest {
  /// Packets of three files in turn. Whatever the byte orders, the result is that of a
  /// little-endian file with all interfaces.
  @Test
  void putsPacketsOfSeveralFilesIntoOneSection() throws Exception {
    BlockBytes merged = new BlockBytes(ByteOrder.LITTLE_ENDIAN);
    merged.section(merged.option(1, "three files"), merged.option(4, "Ringtap"));
    everythingButUnknown(merged, 0, 1);
    everythingButUnknown(merged, 2, 3);
    merged.description(1, 96, merged.option(9, new byte[] {9}));
    byte[] expected =
        BlockBytes.joined(
            merged.toArray(),
            new BlockBytes(ByteOrder.LITTLE_ENDIAN).packet(4, 1_000_000_000, "ab").toArray());
    byte[] pcap =
        Savefiles.file(
            SavefileOptions.of(
                SavefileFormat.PCAP_NANOS, List.of(SavefileInterface.of(LinkType.ETHERNET, 96))),
            List.of(Savefiles.at(1, 1)));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SavefileOptions options =
        SavefileOptions.of(SavefileFormat.PCAPNG, List.of())
            .withOneSection()
            .withSection(SavefileSection.OWN.withComments(List.of("three files")));
    try (SavefileReader big = Savefiles.reader(ofOneFile(ByteOrder.BIG_ENDIAN));
        SavefileReader little = Savefiles.reader(ofOneFile(ByteOrder.LITTLE_ENDIAN));
        SavefileReader old = Savefiles.reader(pcap);
        SavefileCopy copy = SavefileCopy.to(Channels.newChannel(bytes), "copy", options)) {
      for (SavefileReader each : List.of(big, little, old)) {
        while (each.nextBlock()) {
          copy.write(each);
        }
      }
      assertThat(copy.losses()).isEmpty();
    }

    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void interleavesPackets() throws Exception {
    byte[] even = packets(ByteOrder.LITTLE_ENDIAN, 0, 2, 4);
    byte[] odd = packets(ByteOrder.BIG_ENDIAN, 1, 3, 5);
    SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAPNG, List.of()).withOneSection();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SavefileReader first = Savefiles.reader(even);
        SavefileReader second = Savefiles.reader(odd);
        SavefileCopy copy = SavefileCopy.to(Channels.newChannel(bytes), "copy", options)) {
      for (int packets = 0; packets < 6; packets++) {
        SavefileReader from = packets % 2 == 0 ? first : second;
        do {
          assertThat(from.nextBlock()).isTrue();
          copy.write(from);
        } while (!from.isPacket());
      }
    }

    assertThat(Savefiles.packets(bytes.toByteArray()))
        .extracting(StoredPacket::interfaceId, StoredPacket::epochNanos)
        .containsExactly(
            tuple(0, 0L),
            tuple(1, 1000L),
            tuple(0, 2000L),
            tuple(1, 3000L),
            tuple(0, 4000L),
            tuple(1, 5000L));
  }

  private static byte[] packets(ByteOrder order, int... units) {
    BlockBytes file = new BlockBytes(order).section().description(1, 0);
    for (int each : units) {
      file.packet(0, each, "0102");
    }
    return file.toArray();
  }

  @Test
  void saysWhatItCannotRewriteFromTheOtherByteOrder() throws Exception {
    byte[] big =
        new BlockBytes(ByteOrder.BIG_ENDIAN).section().block(0x7777, new byte[4]).toArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAPNG, List.of()).withOneSection();
    try (SavefileReader reader = Savefiles.reader(big);
        SavefileCopy copy = SavefileCopy.to(Channels.newChannel(bytes), "copy", options)) {
      while (reader.nextBlock()) {
        copy.write(reader);
      }
      assertThat(copy.losses()).containsExactly("a block of type 30583 with 16 bytes");
    }

    try (SavefileReader reader = Savefiles.reader(bytes.toByteArray())) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.interfaces()).hasSize(1);
    }
  }

  private static byte[] ofOneFile(ByteOrder order) {
    BlockBytes file = new BlockBytes(order).section();
    everythingButUnknown(file, 0, 1);
    return file.toArray();
  }

  /// What can be rewritten for another byte order.
  private static void everythingButUnknown(BlockBytes file, int first, int second) {
    byte[] speed = BlockBytes.joined(file.isBigEndian() ? file.words(1, 2) : file.words(2, 1));
    file.description(
            1,
            96,
            file.option(1, "a comment"),
            file.option(2, "eth0"),
            file.option(6, new byte[] {1, 2, 3, 4, 5, 6}),
            file.option(8, speed),
            file.option(9, new byte[] {6}),
            file.option(10, file.words(7)),
            file.option(16, speed))
        .block(10, file.words(0x544C534B, 6), "CLIENT\0\0".getBytes(StandardCharsets.UTF_8))
        .block(
            4,
            file.halves(1, 7),
            new byte[] {127, 0, 0, 1, 'l', 'o', 0, 0},
            file.halves(0, 0),
            file.option(2, "a server"),
            file.words(0))
        .packet(
            first,
            1_000_000,
            "0102030405",
            file.option(1, "one"),
            file.option(2, file.words(5)),
            file.option(3, new byte[] {1, 2, 3, 4}),
            file.option(4, speed),
            file.option(5, speed),
            file.option(6, file.words(3)),
            file.option(7, BlockBytes.joined(new byte[] {1}, speed)),
            file.option(2988, BlockBytes.joined(file.words(32_473), new byte[] {9})))
        .block(0xBAD, file.words(32_473), new byte[] {1, 2, 3, 4})
        .block(9, "__CURSOR=1\n\n\n".getBytes(StandardCharsets.UTF_8))
        .description(276, 0, file.option(9, new byte[] {9}), file.option(14, speed))
        .packet(second, 1_500_000_000, "00".repeat(20))
        .block(
            5,
            file.words(first, 0, 9),
            file.option(2, file.words(1, 2)),
            file.option(5, speed),
            file.words(0));
  }
}
