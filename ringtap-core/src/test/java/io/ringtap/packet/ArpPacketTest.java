package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ArpPacketTest {
  private final HeaderClaims claims =
      new HeaderClaims("ARP packet", ArpPacket::isWhole, ArpPacket::check);

  @Test
  void readsARequest() {
    MemorySegment frame =
        Frames.hex("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002");

    assertThat(ArpPacket.isEthernetIpv4(frame, 0)).isTrue();
    assertThat(ArpPacket.length(frame, 0)).isEqualTo(ArpPacket.ETHERNET_IPV4_BYTES);
    assertThat(ArpPacket.operation(frame, 0)).isEqualTo(ArpPacket.REQUEST);
    assertThat(ArpPacket.senderHardware(frame, 0)).isEqualTo(0x0200_0000_0001L);
    assertThat(ArpPacket.senderProtocol(frame, 0)).isEqualTo(0x0A00_0001);
    assertThat(ArpPacket.targetHardware(frame, 0)).isZero();
    assertThat(ArpPacket.targetProtocol(frame, 0)).isEqualTo(0x0A00_0002);
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int operation = random.nextInt(1 << 16);
      long senderHardware = random.nextLong(1L << 48);
      int senderProtocol = random.nextInt();
      long targetHardware = random.nextLong(1L << 48);
      int targetProtocol = random.nextInt();
      MemorySegment frame = Frames.random(random, offset + ArpPacket.ETHERNET_IPV4_BYTES);

      ArpPacket.write(
          frame, offset, operation, senderHardware, senderProtocol, targetHardware, targetProtocol);

      assertThat(ArpPacket.isEthernetIpv4(frame, offset)).isTrue();
      assertThat(ArpPacket.operation(frame, offset)).isEqualTo(operation);
      assertThat(ArpPacket.senderHardware(frame, offset)).isEqualTo(senderHardware);
      assertThat(ArpPacket.senderProtocol(frame, offset)).isEqualTo(senderProtocol);
      assertThat(ArpPacket.targetHardware(frame, offset)).isEqualTo(targetHardware);
      assertThat(ArpPacket.targetProtocol(frame, offset)).isEqualTo(targetProtocol);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(
        ArpPacket.ETHERNET_IPV4_BYTES,
        (_, frame, offset) -> ArpPacket.write(frame, offset, 1, 2, 3, 4, 5));
  }
}
