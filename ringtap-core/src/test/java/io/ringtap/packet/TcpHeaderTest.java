package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpHeaderTest {
  private static final String SYN =
      "9c40 1f90 000003e8 00000000 a002 faf0 7953 0000 0204 05b4 0402 080a 00000001 00000000 01 030307";

  private final HeaderClaims claims =
      new HeaderClaims("TCP header", TcpHeader::isWhole, TcpHeader::check);

  @Test
  void readsTheBytesOfASyn() {
    MemorySegment frame = Frames.hex(SYN);

    assertThat(TcpHeader.check(frame, 0, frame.byteSize())).isNull();
    assertThat(TcpHeader.sourcePort(frame, 0)).isEqualTo(40_000);
    assertThat(TcpHeader.destinationPort(frame, 0)).isEqualTo(8080);
    assertThat(TcpHeader.sequence(frame, 0)).isEqualTo(1000);
    assertThat(TcpHeader.acknowledgment(frame, 0)).isZero();
    assertThat(TcpHeader.headerLength(frame, 0)).isEqualTo(40);
    assertThat(TcpHeader.flags(frame, 0)).isEqualTo(TcpHeader.SYN);
    assertThat(TcpHeader.window(frame, 0)).isEqualTo(64_240);
    assertThat(TcpHeader.checksum(frame, 0)).isEqualTo(0x7953);
    assertThat(TcpHeader.urgentPointer(frame, 0)).isZero();
  }

  @Test
  void walksTheOptions() {
    MemorySegment frame = Frames.hex(SYN);
    List<Integer> kinds = new ArrayList<>();

    long end = TcpHeader.headerLength(frame, 0);
    for (long at = TcpHeader.MIN_BYTES; at < end; at += TcpOption.length(frame, at, end)) {
      kinds.add(TcpOption.kind(frame, at));
    }

    assertThat(kinds)
        .containsExactly(
            TcpOption.MAXIMUM_SEGMENT_SIZE,
            TcpOption.SACK_PERMITTED,
            TcpOption.TIMESTAMPS,
            TcpOption.NO_OPERATION,
            TcpOption.WINDOW_SCALE);
  }

  @Test
  void refusesAnOptionWithoutALength() {
    assertThat(TcpOption.length(Frames.hex("02"), 0, 1)).isZero();
    assertThat(TcpOption.length(Frames.hex("0201"), 0, 2)).isZero();
    assertThat(TcpOption.length(Frames.hex("0204 05"), 0, 3)).isZero();
    assertThat(TcpOption.length(Frames.hex("0204"), 2, 2)).isZero();
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int ports = random.nextInt();
      int sequence = random.nextInt();
      int acknowledgment = random.nextInt();
      int headerLength = random.nextInt(5, 16) * 4;
      int flags = random.nextInt(256);
      int window = random.nextInt(1 << 16);
      int checksum = random.nextInt(1 << 16);
      MemorySegment frame = Frames.random(random, offset + headerLength);

      TcpHeader.write(
          frame,
          offset,
          ports >>> 16,
          ports & 0xFFFF,
          sequence,
          acknowledgment,
          headerLength,
          flags,
          window);
      TcpHeader.checksum(frame, offset, checksum);

      assertThat(TcpHeader.sourcePort(frame, offset)).isEqualTo(ports >>> 16);
      assertThat(TcpHeader.destinationPort(frame, offset)).isEqualTo(ports & 0xFFFF);
      assertThat(TcpHeader.sequence(frame, offset)).isEqualTo(sequence);
      assertThat(TcpHeader.acknowledgment(frame, offset)).isEqualTo(acknowledgment);
      assertThat(TcpHeader.headerLength(frame, offset)).isEqualTo(headerLength);
      assertThat(TcpHeader.flags(frame, offset)).isEqualTo(flags);
      assertThat(TcpHeader.window(frame, offset)).isEqualTo(window);
      assertThat(TcpHeader.checksum(frame, offset)).isEqualTo(checksum);
      assertThat(TcpHeader.urgentPointer(frame, offset)).isZero();
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(
        32, (_, frame, offset) -> TcpHeader.write(frame, offset, 1, 2, 3, 4, 32, TcpHeader.ACK, 5));
  }

  @Test
  void refusesADataOffsetBelowTwenty() {
    MemorySegment frame = Frames.hex(SYN);
    NetworkOrder.unsignedByte(frame, 12, 0x40);

    assertThat(TcpHeader.check(frame, 0, frame.byteSize()))
        .isEqualTo(new Malformed("TCP header", "header length too small", 20, 16, 0));
  }
}
