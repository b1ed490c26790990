package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class Ipv6HeaderTest {
  private static final int ETHERNET = EthernetHeader.BYTES;

  private final HeaderClaims claims =
      new HeaderClaims("IPv6 header", Ipv6Header::isWhole, Ipv6Header::check);

  @Test
  void readsWhatLinuxSent() {
    MemorySegment frame = Frames.hex(Frames.ECHO_REQUEST_IPV6);

    assertThat(Ipv6Header.check(frame, ETHERNET, frame.byteSize())).isNull();
    assertThat(Ipv6Header.version(frame, ETHERNET)).isEqualTo(6);
    assertThat(Ipv6Header.trafficClass(frame, ETHERNET)).isZero();
    assertThat(Ipv6Header.flowLabel(frame, ETHERNET)).isEqualTo(0x9E254);
    assertThat(Ipv6Header.payloadLength(frame, ETHERNET)).isEqualTo(16);
    assertThat(Ipv6Header.nextHeader(frame, ETHERNET)).isEqualTo(IpProtocol.ICMPV6);
    assertThat(Ipv6Header.hopLimit(frame, ETHERNET)).isEqualTo(64);
    assertThat(Ipv6Header.sourceHigh(frame, ETHERNET)).isZero();
    assertThat(Ipv6Header.sourceLow(frame, ETHERNET)).isOne();
    assertThat(Ipv6Header.destinationHigh(frame, ETHERNET)).isZero();
    assertThat(Ipv6Header.destinationLow(frame, ETHERNET)).isOne();
  }

  @Test
  void writesTheBytesThatLinuxSent() {
    MemorySegment frame = MemorySegment.ofArray(new byte[Ipv6Header.BYTES]);

    Ipv6Header.write(frame, 0, 0, 0x9E254, 16, IpProtocol.ICMPV6, 64, 0, 1, 0, 1);

    MemorySegment sent = Frames.hex(Frames.ECHO_REQUEST_IPV6).asSlice(ETHERNET, Ipv6Header.BYTES);
    assertThat(frame.mismatch(sent)).isEqualTo(-1);
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int trafficClass = random.nextInt(256);
      int flowLabel = random.nextInt(1 << 20);
      int payloadLength = random.nextInt(1 << 16);
      int nextHeader = random.nextInt(256);
      int hopLimit = random.nextInt(256);
      long sourceHigh = random.nextLong();
      long sourceLow = random.nextLong();
      long destinationHigh = random.nextLong();
      long destinationLow = random.nextLong();
      MemorySegment frame = Frames.random(random, offset + Ipv6Header.BYTES);

      Ipv6Header.write(
          frame,
          offset,
          trafficClass,
          flowLabel,
          payloadLength,
          nextHeader,
          hopLimit,
          sourceHigh,
          sourceLow,
          destinationHigh,
          destinationLow);

      assertThat(Ipv6Header.version(frame, offset)).isEqualTo(6);
      assertThat(Ipv6Header.trafficClass(frame, offset)).isEqualTo(trafficClass);
      assertThat(Ipv6Header.flowLabel(frame, offset)).isEqualTo(flowLabel);
      assertThat(Ipv6Header.payloadLength(frame, offset)).isEqualTo(payloadLength);
      assertThat(Ipv6Header.nextHeader(frame, offset)).isEqualTo(nextHeader);
      assertThat(Ipv6Header.hopLimit(frame, offset)).isEqualTo(hopLimit);
      assertThat(Ipv6Header.sourceHigh(frame, offset)).isEqualTo(sourceHigh);
      assertThat(Ipv6Header.sourceLow(frame, offset)).isEqualTo(sourceLow);
      assertThat(Ipv6Header.destinationHigh(frame, offset)).isEqualTo(destinationHigh);
      assertThat(Ipv6Header.destinationLow(frame, offset)).isEqualTo(destinationLow);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(
        Ipv6Header.BYTES,
        (random, frame, offset) ->
            Ipv6Header.write(
                frame, offset, 0, 0, 8, IpProtocol.ICMPV6, 64, 0, random.nextLong(), 0, 1));
  }

  @Test
  void refusesAnotherVersion() {
    MemorySegment frame = MemorySegment.ofArray(new byte[Ipv6Header.BYTES]);
    Ipv4Header.headerLength(frame, 0, Ipv4Header.MIN_BYTES);

    Malformed malformed = Ipv6Header.check(frame, 0, frame.byteSize());

    assertThat(Ipv6Header.isWhole(frame, 0, frame.byteSize())).isFalse();
    assertThat(malformed).isEqualTo(new Malformed("IPv6 header", "wrong version", 6, 4, 0));
  }

  @Test
  @Randomized
  void readsWhateverIsWhole() {
    claims.readsWhateverIsWhole(
        48,
        (random, frame, offset) ->
            NetworkOrder.unsignedByte(frame, offset, random.nextInt(0x58, 0x78)),
        (frame, offset) -> {
          int _ = Ipv6Header.trafficClass(frame, offset);
          int _ = Ipv6Header.flowLabel(frame, offset);
          int _ = Ipv6Header.payloadLength(frame, offset);
          int _ = Ipv6Header.nextHeader(frame, offset);
          int _ = Ipv6Header.hopLimit(frame, offset);
          long _ = Ipv6Header.sourceHigh(frame, offset);
          long _ = Ipv6Header.sourceLow(frame, offset);
          long _ = Ipv6Header.destinationHigh(frame, offset);
          long _ = Ipv6Header.destinationLow(frame, offset);
        });
  }
}
