package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class IcmpHeaderTest {
  private static final int ICMP = EthernetHeader.BYTES + Ipv4Header.MIN_BYTES;
  private static final int ICMPV6 = EthernetHeader.BYTES + Ipv6Header.BYTES;

  private final HeaderClaims claims =
      new HeaderClaims("ICMP header", IcmpHeader::isWhole, IcmpHeader::check);

  @Test
  void readsWhatLinuxSent() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);

    assertThat(IcmpHeader.check(frame, ICMP, frame.byteSize())).isNull();
    assertThat(IcmpHeader.type(frame, ICMP)).isEqualTo(IcmpType.ECHO_REQUEST);
    assertThat(IcmpHeader.code(frame, ICMP)).isZero();
    assertThat(IcmpHeader.checksum(frame, ICMP)).isEqualTo(0xD04C);
    assertThat(IcmpHeader.identifier(frame, ICMP)).isEqualTo(0x1BA2);
    assertThat(IcmpHeader.sequence(frame, ICMP)).isOne();
  }

  @Test
  void sumsAsLinuxDid() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST);
    IcmpHeader.writeEcho(frame, ICMP, IcmpType.ECHO_REQUEST, 0x1BA2, 1);

    IcmpHeader.checksum(
        frame, ICMP, Checksum.fold(Checksum.sum(frame, ICMP, frame.byteSize() - ICMP)));

    assertThat(frame.mismatch(Frames.hex(Frames.ECHO_REQUEST))).isEqualTo(-1);
  }

  @Test
  void sumsAsLinuxDidWithTheIpv6PseudoHeader() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST_IPV6);
    IcmpHeader.writeEcho(frame, ICMPV6, Icmpv6Type.ECHO_REQUEST, 0x1BA3, 1);
    int length = (int) frame.byteSize() - ICMPV6;

    IcmpHeader.checksum(
        frame,
        ICMPV6,
        Checksum.fold(
            Checksum.pseudoHeader(0, 1, 0, 1, IpProtocol.ICMPV6, length)
                + Checksum.sum(frame, ICMPV6, length)));

    assertThat(frame.mismatch(Frames.hex(Frames.ECHO_REQUEST_IPV6))).isEqualTo(-1);
  }

  @Test
  @Randomized
  void readsTheEchoThatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int type = random.nextInt(256);
      int identifier = random.nextInt(1 << 16);
      int sequence = random.nextInt(1 << 16);
      MemorySegment frame = Frames.random(random, offset + IcmpHeader.BYTES);

      IcmpHeader.writeEcho(frame, offset, type, identifier, sequence);

      assertThat(IcmpHeader.type(frame, offset)).isEqualTo(type);
      assertThat(IcmpHeader.code(frame, offset)).isZero();
      assertThat(IcmpHeader.checksum(frame, offset)).isZero();
      assertThat(IcmpHeader.identifier(frame, offset)).isEqualTo(identifier);
      assertThat(IcmpHeader.sequence(frame, offset)).isEqualTo(sequence);
    });
  }

  @Test
  @Randomized
  void readsTheErrorThatItWrote() {
    Property.forAll(random -> {
      int type = random.nextInt(256);
      int code = random.nextInt(256);
      int parameter = random.nextInt();
      MemorySegment frame = Frames.random(random, IcmpHeader.BYTES);

      IcmpHeader.writeError(frame, 0, type, code, parameter);

      assertThat(IcmpHeader.type(frame, 0)).isEqualTo(type);
      assertThat(IcmpHeader.code(frame, 0)).isEqualTo(code);
      assertThat(IcmpHeader.checksum(frame, 0)).isZero();
      assertThat(IcmpHeader.mtu(frame, 0)).isEqualTo(Integer.toUnsignedLong(parameter));
      assertThat(IcmpHeader.nextHopMtu(frame, 0)).isEqualTo(parameter & 0xFFFF);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(IcmpHeader.BYTES, (_, _, _) -> {});
  }
}
