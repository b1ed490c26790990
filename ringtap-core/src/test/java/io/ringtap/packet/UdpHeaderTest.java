package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class UdpHeaderTest {
  private final HeaderClaims claims =
      new HeaderClaims("UDP header", UdpHeader::isWhole, UdpHeader::check);

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int ports = random.nextInt();
      int length = random.nextInt(1 << 16);
      int checksum = random.nextInt(1 << 16);
      MemorySegment frame = Frames.random(random, offset + UdpHeader.BYTES);

      UdpHeader.write(frame, offset, ports >>> 16, ports & 0xFFFF, length);
      int unsummed = UdpHeader.checksum(frame, offset);
      UdpHeader.checksum(frame, offset, checksum);

      assertThat(UdpHeader.sourcePort(frame, offset)).isEqualTo(ports >>> 16);
      assertThat(UdpHeader.destinationPort(frame, offset)).isEqualTo(ports & 0xFFFF);
      assertThat(UdpHeader.length(frame, offset)).isEqualTo(length);
      assertThat(unsummed).isZero();
      assertThat(UdpHeader.checksum(frame, offset)).isEqualTo(checksum);
    });
  }

  @Test
  void readsTheBytesOfADatagram() {
    MemorySegment frame = Frames.hex("1388 1770 0010 d7be");

    assertThat(UdpHeader.sourcePort(frame, 0)).isEqualTo(5000);
    assertThat(UdpHeader.destinationPort(frame, 0)).isEqualTo(6000);
    assertThat(UdpHeader.length(frame, 0)).isEqualTo(16);
    assertThat(UdpHeader.checksum(frame, 0)).isEqualTo(0xD7BE);
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(UdpHeader.BYTES, (_, _, _) -> {});
  }
}
