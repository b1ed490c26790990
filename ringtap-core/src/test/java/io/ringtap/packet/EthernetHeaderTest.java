package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class EthernetHeaderTest {
  private final HeaderClaims claims =
      new HeaderClaims("Ethernet header", EthernetHeader::isWhole, EthernetHeader::check);

  @Test
  void readsTheBytesOfAFrame() {
    MemorySegment frame = Frames.hex("ffffffffffff 02005e100001 0806");

    assertThat(EthernetHeader.destination(frame, 0)).isEqualTo(0xFFFF_FFFF_FFFFL);
    assertThat(EthernetHeader.source(frame, 0)).isEqualTo(0x0200_5E10_0001L);
    assertThat(EthernetHeader.etherType(frame, 0)).isEqualTo(EtherType.ARP);
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      long destination = random.nextLong(1L << 48);
      long source = random.nextLong(1L << 48);
      int etherType = random.nextInt(1 << 16);
      MemorySegment frame = Frames.random(random, offset + EthernetHeader.BYTES);

      EthernetHeader.write(frame, offset, destination, source, etherType);

      assertThat(EthernetHeader.destination(frame, offset)).isEqualTo(destination);
      assertThat(EthernetHeader.source(frame, offset)).isEqualTo(source);
      assertThat(EthernetHeader.etherType(frame, offset)).isEqualTo(etherType);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(EthernetHeader.BYTES, (_, _, _) -> {});
  }
}
