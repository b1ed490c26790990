package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
      packets.add(Savefiles.at(i, 3 * i));
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
            "34cdb2a1",
            "at offset 0: the modified pcap format of old Linux patches (magic 0xa1b2cd34); rewrite it as pcap or pcapng with another tool"),
        Arguments.of(
            "a1b2cd34",
            "at offset 0: the modified pcap format of old Linux patches (magic 0xa1b2cd34); rewrite it as pcap or pcapng with another tool"),
        Arguments.of(
            PCAP.replace("02000400", "02000300"),
            "at offset 4: pcap version 2.3; only version 2.4 is supported"),
        Arguments.of(
            PCAP + "00000000" + "00000000" + "01000400" + "01000400",
            "at offset 32: a packet of 262145 captured bytes; expected 0 to 262144"),
        Arguments.of(
            PCAP + "00000000" + "00000000" + "ffffffff" + "01000400",
            "at offset 32: a packet of 4294967295 captured bytes; expected 0 to 262144"),
        Arguments.of(
            PCAP + "00000000" + "00000000" + "00000000" + "ffffffff",
            "at offset 36: a packet of 4294967295 bytes; expected 0 to 2147483647"),
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
            "at offset 4: a block of 4294967292 bytes; expected a multiple of 4 from 28 to 16777216"),
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
            "at offset 68: a packet of 4 captured bytes in a block with room for 0; expected no more than fit"),
        Arguments.of(
            SECTION
                + INTERFACE
                + "06000000"
                + "24000000"
                + "00".repeat(20)
                + "01000100"
                + "24000000",
            "at offset 76: an option of 1 bytes that runs past its block; expected at most 0"),
        Arguments.of(
            SECTION
                + INTERFACE
                + "06000000"
                + "28000000"
                + "00".repeat(20)
                + "0200020000000000"
                + "28000000",
            "at offset 76: option 2 of 2 bytes; expected 4"),
        Arguments.of(
            "1f8b0000", "at offset 0: a damaged or truncated gzip header; compress the file anew"));
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

  @Test
  void showsWhatAGzipFileThatIsCutOffStillHolds() throws Exception {
    List<StoredPacket> packets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      packets.add(Savefiles.at(i, 100 + i % 7));
    }
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAP_NANOS).withCompression(SavefileCompression.GZIP);
    byte[] file = Savefiles.file(options, packets);
    byte[] cut = Arrays.copyOf(file, file.length - 40);

    List<StoredPacket> read = new ArrayList<>();
    try (SavefileReader reader = Savefiles.reader(cut)) {
      assertThatThrownBy(() -> Savefiles.read(reader, read))
          .isInstanceOf(MalformedSavefile.class)
          .hasMessageContaining("truncated at offset");
    }

    assertThat(read).isNotEmpty().isEqualTo(packets.subList(0, read.size()));
  }
}
