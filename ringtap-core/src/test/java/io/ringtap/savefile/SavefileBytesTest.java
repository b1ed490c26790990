package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.Savefiles.StoredPacket;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files assembled by hand, byte by byte, from the two drafts.
class SavefileBytesTest {
  private static final long STAMP = 0x65000000L * 1_000_000_000L + 123_456_789;
  private static final String FRAME = "0102030405";

  private static final String PCAP_NANOS =
      "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000"
          + "00000065 15cd5b07 05000000 3c000000 0102030405";
  private static final String PCAP_MICROS =
      "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000"
          + "00000065 40e20100 05000000 3c000000 0102030405";

  /// Section with its application; interface `lo` with nanoseconds and a filter; the packet, whose
  /// flags say outbound.
  private static final String PCAPNG =
      "0a0d0d0a 2c000000 4d3c2b1a 0100 0000 ffffffffffffffff"
          + "0400 0700 52696e6774617000 00000000 2c000000"
          + "01000000 30000000 0100 0000 00000400"
          + "0200 0200 6c6f0000 0900 0100 09000000 0b00 0400 00756470 00000000 30000000"
          + "06000000 34000000 00000000 b4168517 15cd8900 05000000 3c000000 0102030405 000000"
          + "0200 0400 02000000 00000000 34000000";

  @Test
  void writesAndReadsPcap() throws Exception {
    StoredPacket packet = new StoredPacket(0, STAMP, 0, FRAME, 60, null);
    StoredPacket coarse = new StoredPacket(0, STAMP / 1000 * 1000, 0, FRAME, 60, null);

    assertThat(hex(Savefiles.file(Savefiles.options(SavefileFormat.PCAP_NANOS), List.of(packet))))
        .isEqualTo(plain(PCAP_NANOS));
    assertThat(hex(Savefiles.file(Savefiles.options(SavefileFormat.PCAP_MICROS), List.of(packet))))
        .isEqualTo(plain(PCAP_MICROS));
    assertThat(Savefiles.packets(bytes(PCAP_NANOS))).containsExactly(packet);
    assertThat(Savefiles.packets(bytes(PCAP_MICROS))).containsExactly(coarse);
  }

  @Test
  void writesAndReadsPcapng() throws Exception {
    SavefileInterface lo = new SavefileInterface("lo", null, LinkType.ETHERNET, 262_144, "udp");
    StoredPacket packet =
        new StoredPacket(0, 0x178516b4_0089cd15L, PacketFlags.OUTBOUND, FRAME, 60, null);

    byte[] file =
        Savefiles.file(SavefileOptions.of(SavefileFormat.PCAPNG, List.of(lo)), List.of(packet));

    assertThat(hex(file)).isEqualTo(plain(PCAPNG));
    assertThat(Savefiles.packets(file)).containsExactly(packet);
  }

  /// The two lengths are the other way round before 2.3, and in files of DG/UX; 2.3 has both ways.
  @ParameterizedTest
  @CsvSource({
    "0200 0000, 3c000000 05000000",
    "0200 0200, 3c000000 05000000",
    "0200 0300, 3c000000 05000000",
    "0200 0300, 05000000 3c000000",
    "0200 0400, 05000000 3c000000",
    "1f02 0000, 3c000000 05000000"
  })
  void readsAllVersionsOfPcap(String version, String lengths) throws Exception {
    String file = PCAP_NANOS.replace("0200 0400", version).replace("05000000 3c000000", lengths);

    assertThat(Savefiles.packets(bytes(file)))
        .containsExactly(new StoredPacket(0, STAMP, 0, FRAME, 60, null));
  }

  /// Records with the interface, the protocol and the packet's type, 4 for one that was sent.
  @ParameterizedTest
  @CsvSource({
    "34cdb2a1 0200 0400 00000000 00000000 00000400 01000000"
        + " 00000065 40e20100 05000000 3c000000 07000000 0008 04 00 0102030405",
    "a1b2cd34 0002 0004 00000000 00000000 00040000 00000001"
        + " 65000000 0001e240 00000005 0000003c 00000007 0800 04 00 0102030405"
  })
  void readsTheModifiedFormat(String file) throws Exception {
    try (SavefileReader reader = Savefiles.reader(bytes(file))) {
      assertThat(reader.next()).isTrue();
      assertThat(Savefiles.stored(reader))
          .isEqualTo(
              new StoredPacket(0, STAMP / 1000 * 1000, PacketFlags.OUTBOUND, FRAME, 60, null));
      assertThat(reader.interfaceIndex()).isEqualTo(7);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void readsBigEndianPcap() throws Exception {
    String file =
        "a1b23c4d 0002 0004 00000000 00000000 00000060 f4000071"
            + "65000000 075bcd15 00000005 0000003c 0102030405";

    assertThat(Savefiles.packets(bytes(file)))
        .containsExactly(new StoredPacket(0, STAMP, 0, FRAME, 60, null));
    try (SavefileReader reader = Savefiles.reader(bytes(file))) {
      assertThat(reader.interfaces())
          .containsExactly(SavefileInterface.of(LinkType.LINUX_SLL, 96).withFcsBits(15 * 16));
    }
  }

  /// With a custom block, a name resolution block, an interface in units of 2⁻¹⁰ s that began a
  /// second late, an enhanced packet with two comments, a simple one and an obsolete one.
  @Test
  void readsBigEndianPcapngWithBlocksOfAllKinds() throws Exception {
    String file =
        "0a0d0d0a 0000001c 1a2b3c4d 0001 0002 ffffffffffffffff 0000001c"
            + "00000bad 00000014 00000001 aabbccdd 00000014"
            + "00000001 00000014 0001 0000 00000004 00000014"
            + "00000001 0000002c 0071 0000 00000000"
            + "0009 0001 8a000000 000e 0008 0000000000000001 0000 0000 0000002c"
            + "00000004 00000010 0000 0000 00000010"
            + "00000006 0000003c 00000001 00000000 00000e00 00000005 0000003c 0102030405 000000"
            + "0001 0002 68690000 0001 0004 6d6f7265 0000 0000 0000003c"
            + "00000003 00000014 00000009 01020304 00000014"
            + "00000002 0000002c 0000 0007 00000000 00000001 00000002 00000002 aabb0000"
            + "0002 0004 00000001 0000002c";

    assertThat(Savefiles.packets(bytes(file)))
        .containsExactly(
            new StoredPacket(1, 4_500_000_000L, 0, FRAME, 60, "hi\nmore"),
            new StoredPacket(0, 0, 0, "01020304", 9, null),
            new StoredPacket(0, 1_000, PacketFlags.INBOUND, "aabb", 2, null));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(plain(hex));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String plain(String hex) {
    return hex.replace(" ", "");
  }
}
