package io.ringtap.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinuxSll2;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRestorerTest {
  private static final long HEADER = 64; // somewhere inside, so that a wrong base shows
  private static final int ROOM = FrameRestorer.ROOM;
  private static final int MAC = Tpacket3Hdr.SOCKADDR_OFFSET + SockaddrLl.BYTES + ROOM;
  private static final int TAGGED = IfPacket.TP_STATUS_VLAN_VALID;
  private static final int TAGGED_AS = TAGGED | IfPacket.TP_STATUS_VLAN_TPID_VALID;
  private static final int UNCUT = Frame.MAX_SNAPLEN;
  private static final String ADDRESSES = "0a0b0c0d0e0f" + "010203040506";
  private static final String FRAME = ADDRESSES + "0800" + "4500002a";

  private final MemorySegment memory = Arena.ofAuto().allocate(512, Long.BYTES);

  private void frame(String hex, int origlen, int status, int tci, int tpid) {
    byte[] octets = HexFormat.of().parseHex(hex);
    memory.fill((byte) 0xEE);
    Tpacket3Hdr.write(memory, HEADER, 1, octets.length, origlen, status, MAC, tci, tpid);
    MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, HEADER + MAC, octets.length);
  }

  /// The captured bytes as the header tells them.
  private String captured() {
    long offset = HEADER + Tpacket3Hdr.mac(memory, HEADER);
    int caplen = Tpacket3Hdr.caplen(memory, HEADER);
    return HexFormat.of().formatHex(memory.asSlice(offset, caplen).toArray(ValueLayout.JAVA_BYTE));
  }

  private int origlen() {
    return Tpacket3Hdr.origlen(memory, HEADER);
  }

  @Test
  void leavesAFrameThatLostNoTag() {
    frame(FRAME, 1500, 0, 0x2064, 0x88A8);
    byte[] before = memory.toArray(ValueLayout.JAVA_BYTE);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
  }

  @Test
  void putsTheTagWithItsProtocolBehindTheAddresses() {
    frame(FRAME, 1500, TAGGED_AS, 0xE064, 0x88A8);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    assertThat(captured()).isEqualTo(ADDRESSES + "88a8" + "e064" + "0800" + "4500002a");
    assertThat(origlen()).isEqualTo(1504);
  }

  @Test
  void aTagWithoutAProtocolIsOf802Dot1Q() {
    frame(FRAME, 18, TAGGED, 0x2064, 0x88A8);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    assertThat(captured()).isEqualTo(ADDRESSES + "8100" + "2064" + "0800" + "4500002a");
    assertThat(origlen()).isEqualTo(22);
    assertThat(FrameRestorer.takenTpid(memory, HEADER)).isEqualTo(0x8100);
  }

  @Test
  void aTagOfZerosIsATag() {
    frame(FRAME, 18, TAGGED_AS, 0, 0x8100);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    assertThat(captured()).isEqualTo(ADDRESSES + "81000000" + "0800" + "4500002a");
  }

  @Test
  void writesNothingButTheFrameAndItsLengths() {
    frame(FRAME, 18, TAGGED_AS, 0x2064, 0x8100);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    long frame = HEADER + Tpacket3Hdr.mac(memory, HEADER);
    assertThat(frame).isEqualTo(HEADER + MAC - 4);
    for (long at = HEADER + Tpacket3Hdr.SOCKADDR_OFFSET; at < frame; at++) {
      assertThat(memory.get(ValueLayout.JAVA_BYTE, at)).isEqualTo((byte) 0xEE);
    }
    assertThat(memory.get(ValueLayout.JAVA_BYTE, frame + 22)).isEqualTo((byte) 0xEE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 13, 14, 16, 17, 18, 21, 22, 23})
  void cutsToTheSnaplenAfterRestoring(int snaplen) {
    int kept = Math.min(snaplen, 18); // what the kernel's filter left
    frame(FRAME.substring(0, 2 * kept), 1500, TAGGED_AS, 0x2064, 0x8100);

    FrameRestorer.ethernet(memory, HEADER, snaplen);

    String whole = ADDRESSES + "81002064" + "0800" + "4500002a";
    int expected = kept < 12 ? kept : Math.min(snaplen, kept + 4);
    assertThat(captured()).isEqualTo(whole.substring(0, 2 * expected));
    assertThat(origlen()).isEqualTo(1504);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11})
  void whatWasCutOffBeforeTheTagStillHadIt(int caplen) {
    frame(FRAME.substring(0, 2 * caplen), 60, TAGGED_AS, 0x2064, 0x8100);

    FrameRestorer.ethernet(memory, HEADER, UNCUT);

    assertThat(captured()).isEqualTo(FRAME.substring(0, 2 * caplen));
    assertThat(origlen()).isEqualTo(64);
  }

  private void link(int protocol, int packetType, String address) {
    long link = HEADER + Tpacket3Hdr.SOCKADDR_OFFSET;
    byte[] octets = HexFormat.of().parseHex(address);
    memory.asSlice(link, SockaddrLl.BYTES).fill((byte) 0);
    SockaddrLl.write(memory, link, protocol, 0x01020304, 772, packetType);
    memory.set(ValueLayout.JAVA_BYTE, link + 11, (byte) octets.length);
    MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, link + 12, octets.length);
  }

  @Test
  void putsThePseudoHeaderBeforeACookedPacket() {
    frame("4500002a", 1480, 0, 0, 0);
    link(0x86DD, IfPacket.PACKET_OUTGOING, "010203040506");

    FrameRestorer.cooked(memory, HEADER, UNCUT);

    assertThat(captured())
        .isEqualTo(
            "86dd0000" + "01020304" + "0304" + "04" + "06" + "0102030405060000" + "4500002a");
    assertThat(origlen()).isEqualTo(1500);
    assertThat(LinuxSll2.BYTES).isEqualTo(20);
  }

  @Test
  void putsTheTagOfACookedPacketBehindThePseudoHeader() {
    frame("4500002a", 1480, TAGGED_AS, 0x2064, 0x88A8);
    link(0x0800, IfPacket.PACKET_HOST, "0102030405060708");

    FrameRestorer.cooked(memory, HEADER, UNCUT);

    assertThat(captured())
        .isEqualTo(
            "88a80000"
                + "01020304"
                + "0304"
                + "00"
                + "08"
                + "0102030405060708"
                + "2064"
                + "0800"
                + "4500002a");
    assertThat(origlen()).isEqualTo(1504);
  }

  @Test
  void aCookedTagWithoutAProtocolIsOf802Dot1Q() {
    frame("45", 40, TAGGED, 0x2064, 0x88A8);
    link(0x0806, IfPacket.PACKET_BROADCAST, "");

    FrameRestorer.cooked(memory, HEADER, UNCUT);

    assertThat(captured())
        .isEqualTo(
            "81000000" + "01020304" + "0304" + "01" + "00" + "0".repeat(16) + "20640806" + "45");
  }

  /// The kernel reports the type after all tags, of which it shows the inner ones.
  @ParameterizedTest
  @CsvSource({
    "00c80800450000, 0800, 8100",
    "00c88100012c0800450000, 0800, 8100",
    "00c886dd60, 86dd, 8100",
    "00c8080600, 0806, 8100",
    "450008000000000040110000, 0806, 0806",
    "45000800, 0800, 8100",
    "4500080000000000401162da010203040506070800, 0800, 0800",
    "00c808, 0800, 0800",
    "00c8880000000800, 0800, 0800",
  })
  void tellsAnInnerTagByTheTypeAfterIt(String shown, String reported, String type) {
    frame(shown, shown.length() / 2, TAGGED_AS, 0x2064, 0x88A8);
    link(Integer.parseInt(reported, 16), IfPacket.PACKET_HOST, "010203040506");

    FrameRestorer.cooked(memory, HEADER, UNCUT);

    assertThat(captured().substring(40)).isEqualTo("2064" + type + shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 19, 20, 22, 24, 27, 28, 29})
  void cutsACookedPacketToTheSnaplen(int snaplen) {
    frame("4500002a", 1480, TAGGED_AS, 0x2064, 0x8100);
    link(0x0800, IfPacket.PACKET_HOST, "010203040506");

    FrameRestorer.cooked(memory, HEADER, snaplen);

    String whole = "8100000001020304030400060102030405060000" + "20640800" + "4500002a";
    assertThat(captured()).isEqualTo(whole.substring(0, 2 * Math.min(snaplen, 28)));
    assertThat(origlen()).isEqualTo(1504);
  }

  @Test
  void theAddressStaysAsTheKernelToldIt() {
    frame("4500002a", 4, TAGGED_AS, 0x2064, 0x8100);
    link(0x0800, IfPacket.PACKET_HOST, "010203040506");
    long link = HEADER + Tpacket3Hdr.SOCKADDR_OFFSET;
    byte[] before = memory.asSlice(link, SockaddrLl.BYTES).toArray(ValueLayout.JAVA_BYTE);

    FrameRestorer.cooked(memory, HEADER, UNCUT);

    assertThat(memory.asSlice(link, SockaddrLl.BYTES).toArray(ValueLayout.JAVA_BYTE))
        .isEqualTo(before);
  }
}
