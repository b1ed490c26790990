package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedEchoTest {
  private static final int ICMP = 5; // offset of the error; odd, so that nothing is aligned
  private static final int QUOTED = ICMP + IcmpHeader.BYTES;

  @ParameterizedTest
  @ValueSource(ints = {20, 24, 60})
  void namesTheRequestBehindTheQuotedHeadersOwnOptions(int headerLength) {
    MemorySegment frame = ipv4Error(headerLength);

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isTrue();
    assertThat(QuotedEcho.isIpv6(frame, ICMP)).isFalse();
    assertThat(QuotedEcho.identifier(frame, ICMP)).isEqualTo(0xABCD);
    assertThat(QuotedEcho.sequence(frame, ICMP)).isEqualTo(0xFEDC);
    assertThat(QuotedEcho.destinationHigh(frame, ICMP)).isZero();
    assertThat(QuotedEcho.destinationLow(frame, ICMP)).isEqualTo(0xC000_0207L);
  }

  @Test
  void namesTheRequestThatWentOverIpv6() {
    MemorySegment frame = ipv6Error();

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isTrue();
    assertThat(QuotedEcho.isIpv6(frame, ICMP)).isTrue();
    assertThat(QuotedEcho.identifier(frame, ICMP)).isEqualTo(0xABCD);
    assertThat(QuotedEcho.sequence(frame, ICMP)).isEqualTo(0xFEDC);
    assertThat(QuotedEcho.destinationHigh(frame, ICMP)).isEqualTo(0x2001_0DB8_0000_0000L);
    assertThat(QuotedEcho.destinationLow(frame, ICMP)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 32})
  void refusesEveryTruncation(int headerLength) {
    MemorySegment frame = ipv4Error(headerLength);

    for (int end = ICMP; end < frame.byteSize(); end++) {
      assertThat(QuotedEcho.isWhole(frame.asSlice(0, end), ICMP, end)).as("end %d", end).isFalse();
    }
  }

  @Test
  void refusesEveryTruncationOfIpv6() {
    MemorySegment frame = ipv6Error();

    for (int end = ICMP; end < frame.byteSize(); end++) {
      assertThat(QuotedEcho.isWhole(frame.asSlice(0, end), ICMP, end)).as("end %d", end).isFalse();
    }
  }

  @Test
  void acceptsAQuotationWhoseTotalLengthTheRouterAltered() {
    MemorySegment frame = ipv4Error(20);

    Ipv4Header.totalLength(frame, QUOTED, 0);

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isTrue();
  }

  @Test
  void acceptsTheFirstFragmentAlone() {
    MemorySegment frame = ipv4Error(20);

    Ipv4Header.fragment(frame, QUOTED, false, true, 0);
    boolean first = QuotedEcho.isWhole(frame, ICMP, frame.byteSize());
    Ipv4Header.fragment(frame, QUOTED, false, true, 8);
    boolean later = QuotedEcho.isWhole(frame, ICMP, frame.byteSize());

    assertThat(first).isTrue();
    assertThat(later).isFalse();
  }

  @Test
  void refusesAnotherProtocol() {
    MemorySegment frame = ipv4Error(20);

    NetworkOrder.unsignedByte(frame, QUOTED + 9, IpProtocol.UDP);

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isFalse();
  }

  @Test
  void refusesAQuotedReply() {
    MemorySegment frame = ipv4Error(20);
    MemorySegment frameIpv6 = ipv6Error();

    NetworkOrder.unsignedByte(frame, QUOTED + 20, IcmpType.ECHO_REPLY);
    NetworkOrder.unsignedByte(frameIpv6, QUOTED + 40, Icmpv6Type.ECHO_REPLY);

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isFalse();
    assertThat(QuotedEcho.isWhole(frameIpv6, ICMP, frameIpv6.byteSize())).isFalse();
  }

  @Test
  void refusesAMessageThatIsNoErrorAndOnlyLooksLikeOne() {
    MemorySegment frame = ipv4Error(20);
    MemorySegment frameIpv6 = ipv6Error();

    NetworkOrder.unsignedByte(frame, ICMP, IcmpType.ECHO_REPLY);
    NetworkOrder.unsignedByte(frameIpv6, ICMP, Icmpv6Type.ECHO_REPLY);

    assertThat(QuotedEcho.isWhole(frame, ICMP, frame.byteSize())).isFalse();
    assertThat(QuotedEcho.isWhole(frameIpv6, ICMP, frameIpv6.byteSize())).isFalse();
  }

  @Test
  @Randomized
  void readsWhateverIsWhole() {
    Property.forAll(random -> {
      MemorySegment frame = random.nextBoolean() ? ipv4Error(20) : ipv6Error();
      for (int i = random.nextInt(3); i > 0; i--) {
        int at = random.nextInt(ICMP, (int) frame.byteSize());
        NetworkOrder.unsignedByte(frame, at, random.nextInt(256));
      }
      MemorySegment cut = frame.asSlice(0, random.nextLong(ICMP, frame.byteSize() + 1));

      if (QuotedEcho.isWhole(cut, ICMP, cut.byteSize())) {
        assertThatCode(
                () -> {
                  int _ = QuotedEcho.identifier(cut, ICMP);
                  int _ = QuotedEcho.sequence(cut, ICMP);
                  long _ = QuotedEcho.destinationHigh(cut, ICMP);
                  long _ = QuotedEcho.destinationLow(cut, ICMP);
                })
            .doesNotThrowAnyException();
      }
    });
  }

  private static MemorySegment ipv4Error(int headerLength) {
    int echo = QUOTED + headerLength;
    MemorySegment frame = MemorySegment.ofArray(new byte[echo + IcmpHeader.BYTES]);
    IcmpHeader.writeError(frame, ICMP, IcmpType.TIME_EXCEEDED, 0, 0);
    Ipv4Header.write(
        frame, QUOTED, 0, headerLength + 8, 1, 1, IpProtocol.ICMP, 0x0A00_0001, 0xC000_0207);
    Ipv4Header.headerLength(frame, QUOTED, headerLength);
    IcmpHeader.writeEcho(frame, echo, IcmpType.ECHO_REQUEST, 0xABCD, 0xFEDC);
    return frame;
  }

  private static MemorySegment ipv6Error() {
    int echo = QUOTED + Ipv6Header.BYTES;
    MemorySegment frame = MemorySegment.ofArray(new byte[echo + IcmpHeader.BYTES]);
    IcmpHeader.writeError(frame, ICMP, Icmpv6Type.DESTINATION_UNREACHABLE, 3, 0);
    Ipv6Header.write(frame, QUOTED, 0, 0, 8, IpProtocol.ICMPV6, 1, 0, 1, 0x2001_0DB8_0000_0000L, 7);
    IcmpHeader.writeEcho(frame, echo, Icmpv6Type.ECHO_REQUEST, 0xABCD, 0xFEDC);
    return frame;
  }
}
