package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are truncated, damaged, or malicious.
class HostileSavefileTest {
  private static final String PCAP = "d4c3b2a10200040000000000000000000000040001000000";
  private static final String SECTION = "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000";
  private static final String INTERFACE = "0100000014000000010000000000040014000000";

  @ParameterizedTest
  @EnumSource
  void showsAllWholePacketsOfAFileCutOffAnywhere(SavefileFormat format) throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      packets.add(Savefiles.at(1 + i, 3 * i));
      ends.add(Savefiles.file(Savefiles.options(format), packets).length);
    }
    int empty = Savefiles.file(Savefiles.options(format), List.of()).length;
    byte[] file = Savefiles.file(Savefiles.options(format), packets);

    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      int cutAt = length;
      int whole = (int) ends.stream().filter(end -> end <= cutAt).count();
      List<StoredPacket> read = new ArrayList<>();
      MalformedSavefile failure = null;
      try (SavefileReader reader = Savefiles.reader(cut, 16)) {
        Savefiles.read(reader, read);
      } catch (MalformedSavefile e) {
        failure = e;
      }
      assertThat(read).isEqualTo(packets.subList(0, whole));
      boolean atBoundary = length == empty || ends.contains(length);
      if (atBoundary) {
        assertThat(failure).isNull();
      } else if (length > empty) {
        int start = whole == 0 ? empty : ends.get(whole - 1);
        assertThat(failure).extracting(e -> e == null ? -1L : e.offset()).isEqualTo((long) start);
        assertThat(failure)
            .hasMessageMatching(
                "x.pcap: truncated at offset %d: needed \\d+ bytes, had %d"
                    .formatted(start, length - start));
      }
      if (failure == null) {
        // A pcapng file may also end between the blocks of its header.
        assertThat(atBoundary || format == SavefileFormat.PCAPNG).isTrue();
      }
    }
  }

  static Stream<Arguments> damage() {
    return Stream.of(
        Arguments.of("", "truncated at offset 0: needed 4 bytes, had 0"),
        Arguments.of("4d5a90000300", "at offset 0: magic 0x00905a4d; neither pcap nor pcapng"),
        Arguments.of(
            PCAP.replace("02000400", "02000500"),
            "at offset 4: pcap version 2.5; only versions 2.0 to 2.4 and 543.0 are supported"),
        Arguments.of(
            PCAP.replace("02000400", "1f020400"),
            "at offset 4: pcap version 543.4; only versions 2.0 to 2.4 and 543.0 are supported"),
        Arguments.of(
            "28b52ffd0400",
            "compressed by zstd, which is not read here: decompress it first (zstd -dc FILE | …)"),
        Arguments.of(
            "04224d180400",
            "compressed by lz4, which is not read here: decompress it first (lz4 -dc FILE | …)"),
        Arguments.of(
            "fd377a585a00",
            "compressed by xz, which is not read here: decompress it first (xz -dc FILE | …)"),
        Arguments.of(
            "425a683931415926",
            "compressed by bzip2, which is not read here: decompress it first (bzip2 -dc FILE |"
                + " …)"),
        Arguments.of(
            PCAP + "00000000" + "00000000" + "01000400" + "01000400",
            "at offset 32: a packet of 262145 captured bytes; expected 0 to 262144"),
        Arguments.of(
            PCAP + "00000000" + "00000000" + "ffffffff" + "01000400",
            "at offset 32: a packet of 4294967295 captured bytes; expected 0 to 262144"),
        Arguments.of(
            SECTION.replace("4d3c2b1a", "4d3c2b1b"),
            "at offset 8: byte-order magic 0x1b2b3c4d in a section header; expected 0x1a2b3c4d"),
        Arguments.of(
            SECTION.replace("01000000ff", "02000000ff"),
            "at offset 12: pcapng version 2; only version 1 is supported"),
        Arguments.of(
            SECTION.replace("1c000000", "1d000000"),
            "at offset 4: a block of 29 bytes; expected a multiple of 4 from 28 to 16777216"),
        Arguments.of(
            SECTION.replace("1c000000", "fcffffff"),
            "at offset 4: a block of 4294967292 bytes; expected a multiple of 4 from 28 to"
                + " 16777216"),
        Arguments.of(
            SECTION.substring(0, 48) + "20000000",
            "at offset 24: a second block length of 32; the first was 28, and both must be equal"),
        Arguments.of(
            SECTION + "ad0b0000" + "0a000000" + "00000000",
            "at offset 32: a block of 10 bytes; expected a multiple of 4 from 12 on"),
        Arguments.of(
            SECTION + "ad0b0000" + "fcffffff" + "00000000",
            "truncated at offset 28: needed 4294967292 bytes, had 12"),
        Arguments.of(
            SECTION + "ad0b0000" + "0c000000" + "10000000",
            "at offset 36: a second block length of 16; the first was 12, and both must be equal"),
        Arguments.of(
            SECTION + "06000000" + "20000000" + "00".repeat(20) + "20000000",
            "at offset 36: interface 0; no interface has been described before it"),
        Arguments.of(
            SECTION
                + INTERFACE
                + "06000000"
                + "20000000"
                + "01000000"
                + "00".repeat(16)
                + "20000000",
            "at offset 56: interface 1; expected 0 to 0"),
        Arguments.of(
            SECTION
                + INTERFACE
                + "06000000"
                + "20000000"
                + "00".repeat(12)
                + "04000000"
                + "00000000"
                + "20000000",
            "at offset 68: a packet of 4 captured bytes in a block with room for 0; expected no"
                + " more than fit"),
        Arguments.of(
            SECTION
                + "01000000"
                + "1c000000"
                + "0100000000000000"
                + "0900020006060000"
                + "1c000000",
            "at offset 44: option 9 of 2 bytes; expected 1"),
        Arguments.of(
            SECTION
                + "01000000"
                + "1c000000"
                + "0100000000000000"
                + "0e00040006060000"
                + "1c000000",
            "at offset 44: option 14 of 4 bytes; expected 8"),
        Arguments.of("1f8b0000", "at offset 0: a damaged gzip header; nothing follows"),
        Arguments.of("1f8b0800", "truncated at offset 0: the gzip data end early"));
  }

  @ParameterizedTest
  @MethodSource("damage")
  void saysWhereWhatAndWhatWouldBeRight(String file, String message) {
    byte[] bytes = HexFormat.of().parseHex(file);

    assertThatThrownBy(() -> Savefiles.packets(bytes))
        .isInstanceOf(MalformedSavefile.class)
        .hasMessage("x.pcap: " + message);
  }

  @Test
  void acceptsPacketsAsLongAsTheHeaderAnnouncesUpToABound() throws Exception {
    List<StoredPacket> packets = List.of(Savefiles.at(1, 300_000));
    SavefileInterface jumbo = SavefileInterface.of(LinkType.ETHERNET, Integer.MAX_VALUE);
    byte[] file =
        Savefiles.file(SavefileOptions.of(SavefileFormat.PCAP_NANOS, List.of(jumbo)), packets);

    assertThat(Savefiles.packets(file)).isEqualTo(packets);
    file[24 + 8 + 3] = 1; // caplen beyond 16 MiB
    assertThatThrownBy(() -> Savefiles.packets(file))
        .hasMessageEndingWith("captured bytes; expected 0 to 16777200");
  }

  @ParameterizedTest
  @EnumSource
  @Randomized
  void survivesAnyDamage(SavefileFormat format) {
    Property.forAll(6_000, random -> damageSomething(format, random));
  }

  private static void damageSomething(SavefileFormat format, SplittableRandom random) {
    try {
      SavefileOptions options =
          Savefiles.options(format)
              .withCompression(
                  random.nextInt(8) == 0 ? SavefileCompression.GZIP : SavefileCompression.NONE)
              .withStatistics(() -> PcapngBlocks.FULL_STATISTICS);
      byte[] file = Savefiles.file(options, Savefiles.random(format, random));
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        int at = random.nextInt(file.length);
        file[at] =
            switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> (byte) 0xFF;
              case 2 -> (byte) (file[at] ^ (1 << random.nextInt(8)));
              default -> (byte) random.nextInt(256);
            };
      }
      try (SavefileReader reader = Savefiles.reader(file, 4 + random.nextInt(200))) {
        while (reader.next()) {
          assertThat(reader.offset() + reader.caplen())
              .isLessThanOrEqualTo(reader.memory().byteSize());
          assertThat(Savefiles.stored(reader)).isNotNull();
        }
        assertThat(reader.memory().byteSize()).isLessThan(1 << 20);
      }
    } catch (MalformedSavefile e) {
      assertThat(e.getMessage()).startsWith("x.pcap: ").doesNotContain("\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// What delimits a packet is right; the rest is shown as it is.
  @ParameterizedTest
  @ValueSource(strings = {"00000080", "ffffffff"})
  void showsAPacketThatClaimsTwoGigabytesOrMore(String origlen) throws Exception {
    String pcap = PCAP + "00000000 05000000 04000000 %s 01020304".formatted(origlen);
    String pcapng =
        SECTION
            + INTERFACE
            + "06000000 24000000 00000000 00000000 05000000 04000000 %s 01020304 24000000"
                .formatted(origlen);

    for (String file : List.of(pcap, pcapng)) {
      byte[] bytes = HexFormat.of().parseHex(file.replace(" ", ""));
      assertThat(Savefiles.packets(bytes))
          .containsExactly(
              new StoredPacket(
                  0, 5000, 0, "01020304", origlen.equals("ffffffff") ? -1 : 1 << 31, null));
    }
  }

  @Test
  void passesOverOptionsAndStatisticsThatAreDamaged() throws Exception {
    String runsPast =
        "06000000 24000000 00000000 00000000 05000000 00000000 00000000 01000100 24000000";
    String shortFlags =
        "06000000 28000000 00000000 00000000 06000000 00000000 00000000 02000200 00000000 28000000";
    String statistics = "05000000 18000000 07000000 00000000 00000000 18000000";
    String file = SECTION + INTERFACE + runsPast + statistics + shortFlags;

    assertThat(Savefiles.packets(HexFormat.of().parseHex(file.replace(" ", ""))))
        .containsExactly(
            new StoredPacket(0, 5000, 0, "", 0, null), new StoredPacket(0, 6000, 0, "", 0, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 4096, 70_000})
  void takesZerosAtTheEndForNoPackets(int zeros) throws Exception {
    byte[] file =
        Savefiles.file(Savefiles.options(SavefileFormat.PCAP_MICROS), List.of(Savefiles.at(1, 60)));

    assertThat(Savefiles.packets(Arrays.copyOf(file, file.length + zeros)))
        .containsExactly(Savefiles.at(1, 60));
  }

  @Test
  void showsAPacketOfNineteenSeventyWithoutBytesBetweenOthers() throws Exception {
    List<StoredPacket> packets = List.of(Savefiles.at(0, 0), Savefiles.at(1, 60));
    byte[] file = Savefiles.file(Savefiles.options(SavefileFormat.PCAP_MICROS), packets);

    assertThat(Savefiles.packets(file)).isEqualTo(packets);
  }

  @Test
  void showsWhatAGzipFileThatIsCutOffAnywhereStillHolds() throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    byte[] file = gzipped(packets, 40);

    int most = 0;
    for (int length = file.length - 60; length < file.length; length++) {
      List<StoredPacket> read = new ArrayList<>();
      try (SavefileReader reader = Savefiles.reader(Arrays.copyOf(file, length))) {
        assertThatThrownBy(() -> Savefiles.read(reader, read))
            .isInstanceOf(MalformedSavefile.class)
            .hasMessageContaining("truncated at offset")
            .hasMessageEndingWith("the gzip data end early");
      }
      assertThat(read).isEqualTo(packets.subList(0, read.size()));
      most = read.size();
    }

    assertThat(most).as("only the trailer is missing").isEqualTo(packets.size());
  }

  @Test
  void showsEverythingBeforeDamagedGzipData() throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    byte[] file = gzipped(packets, 400);
    // A stored block (RFC 1951 §3.2.4) whose two lengths contradict each other.
    byte[] damaged = Arrays.copyOf(file, file.length + 5);
    Inflater inflater = new Inflater(true);
    inflater.setInput(file, 10, file.length - 18);
    byte[] content = new byte[1 << 20];
    int size = inflater.inflate(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(file, 0, 10);
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content, 0, size);
    int packed = deflater.deflate(damaged, 0, damaged.length, Deflater.SYNC_FLUSH);
    bytes.write(damaged, 0, packed);
    bytes.write(new byte[] {0, 1, 0, 1, 0, 9, 9, 9});

    List<StoredPacket> read = new ArrayList<>();
    try (SavefileReader reader = Savefiles.reader(bytes.toByteArray())) {
      assertThatThrownBy(() -> Savefiles.read(reader, read))
          .isInstanceOf(MalformedSavefile.class)
          .hasMessage("x.pcap: at offset %d: damaged gzip data; nothing follows".formatted(size));
    }
    assertThat(read).isEqualTo(packets);
  }

  @Test
  void saysThatAGzipChecksumIsWrong() throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    byte[] file = gzipped(packets, 40);
    file[file.length - 8] ^= 1;

    List<StoredPacket> read = new ArrayList<>();
    try (SavefileReader reader = Savefiles.reader(file)) {
      assertThatThrownBy(() -> Savefiles.read(reader, read))
          .isInstanceOf(MalformedSavefile.class)
          .hasMessageContaining("a wrong gzip checksum");
    }
    assertThat(read).isEqualTo(packets);
  }

  /// Members of all header fields (RFC 1952 §2.3), one after the other, and zeros after the last.
  @Test
  void readsGzipMembersOneAfterTheOther() throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    byte[] whole = gzipped(packets, 20);
    byte[] file = new GZIPInputStream(new ByteArrayInputStream(whole)).readAllBytes();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int at = 0; at < file.length; at += 700) {
      ByteArrayOutputStream member = new ByteArrayOutputStream();
      try (GZIPOutputStream packer = new GZIPOutputStream(member)) {
        packer.write(file, at, Math.min(700, file.length - at));
      }
      byte[] bytes = member.toByteArray();
      bytes[3] = 0x1E; // header checksum, extra field, name, comment
      members.write(bytes, 0, 10);
      members.writeBytes(HexFormat.of().parseHex("0300aabbcc" + "6e616d6500" + "6300" + "0000"));
      members.write(bytes, 10, bytes.length - 10);
    }
    members.write(new byte[1000]);

    assertThat(Savefiles.packets(members.toByteArray())).isEqualTo(packets);
  }

  /// A compressed file with so many packets, which are put into `packets`.
  private static byte[] gzipped(List<StoredPacket> packets, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      packets.add(Savefiles.at(i, 100 + i % 7));
    }
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAP_NANOS).withCompression(SavefileCompression.GZIP);
    return Savefiles.file(options, packets);
  }
}
