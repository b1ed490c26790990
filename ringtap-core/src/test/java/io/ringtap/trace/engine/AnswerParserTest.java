package io.ringtap.trace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers by their bytes, whole, changed on the way, cut short and damaged.
class AnswerParserTest {
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final IpAddress TARGET = IpAddress.parse("198.51.100.7");
  private static final IpAddress ROUTER = IpAddress.parse("203.0.113.9");
  private static final int NUMBER = 4711;
  private static final int TRANSPORT = IcmpHeader.BYTES + Ipv4Header.MIN_BYTES;

  private final MemorySegment message = MemorySegment.ofArray(new byte[512]);

  /// A time exceeded that quotes the first bytes of a probe.
  private void expired(int protocol, int quotedBytes) {
    ProbePacket packet = new ProbePacket(identity(protocol), 0, Arena.ofAuto());
    packet.write(SOURCE, TARGET, 1, 2, NUMBER);
    IcmpHeader.writeError(message, 0, IcmpType.TIME_EXCEEDED, 0, 0);
    long bytes = Math.min(quotedBytes, packet.length());
    MemorySegment.copy(packet.memory(), 0, message, IcmpHeader.BYTES, bytes);
  }

  private static ProbeIdentity identity(int protocol) {
    return new ProbeIdentity(protocol, 61_056, 0x1234_5678, 33_434);
  }

  private @Nullable Answer parse(int protocol, long end) {
    AnswerParser parser = new AnswerParser(identity(protocol), false);
    parser.begin(ROUTER.high(), ROUTER.low(), 63, 1);
    return parser.icmp(message, 0, end) ? parser.answer() : null;
  }

  private Answer answer(int protocol, long end) {
    return Objects.requireNonNull(parse(protocol, end));
  }

  @ParameterizedTest
  @ValueSource(ints = {IpProtocol.ICMP, IpProtocol.UDP, IpProtocol.TCP})
  void knowsAProbeByTheLeastThatRoutersQuote(int protocol) {
    expired(protocol, Ipv4Header.MIN_BYTES + 8);

    Answer answer = answer(protocol, TRANSPORT + 8);

    assertThat(answer.number).isEqualTo(NUMBER);
    assertThat(answer.isOf(TARGET)).isTrue();
    assertThat(answer.isFrom(ROUTER)).isTrue();
    assertThat(answer.isError).isTrue();
    assertThat(answer.quotedHopLimit).isEqualTo(1);
    assertThat(answer.quotedSource()).isEqualTo(SOURCE);
    assertThat(answer.quotedFlow).isEqualTo(61_058);
  }

  @ParameterizedTest
  @ValueSource(ints = {IpProtocol.ICMP, IpProtocol.UDP, IpProtocol.TCP})
  void takesNothingThatIsCutShorter(int protocol) {
    expired(protocol, 512);

    for (int end = 0; end < TRANSPORT + 8; end++) {
      assertThat(parse(protocol, end)).as("%d bytes", end).isNull();
    }
  }

  @Test
  void showsWhatANatHasRewritten() {
    expired(IpProtocol.UDP, 512);
    NetworkOrder.word(message, IcmpHeader.BYTES + Ipv4Header.SOURCE, (int) ROUTER.low());
    NetworkOrder.unsignedShort(message, TRANSPORT + UdpHeader.SOURCE_PORT, 1024);
    UdpHeader.checksum(message, TRANSPORT, 99);

    Answer answer = answer(IpProtocol.UDP, TRANSPORT + 8);

    assertThat(answer.number).isEqualTo(NUMBER);
    assertThat(answer.quotedSource()).isEqualTo(ROUTER);
    assertThat(answer.quotedFlow).isEqualTo(1024);
    assertThat(answer.quotedChecksum).isEqualTo(99);
  }

  @Test
  void isNotTakenInByProbesOfAnotherProtocol() {
    expired(IpProtocol.UDP, 512);

    assertThat(parse(IpProtocol.TCP, 200)).isNull();
  }

  @Test
  void readsALabelStackBehindTheQuotedPacket() {
    expired(IpProtocol.UDP, 512);
    int end = extension(128, 0x0010_1e01 << 1, 0x0020_2101);

    assertThat(answer(IpProtocol.UDP, end).labels()).containsExactly(0x0010_1e01 << 1, 0x0020_2101);
  }

  @Test
  void readsNoLabelsFromADamagedOrCutExtension() {
    expired(IpProtocol.UDP, 512);
    int end = extension(128, 0x0010_1e01);

    for (int cut = TRANSPORT + 8; cut < end; cut++) {
      assertThat(answer(IpProtocol.UDP, cut).labels()).as("%d bytes", cut).isEmpty();
    }
    for (int bit = 0; bit < (end - 136) * 8; bit++) {
      flip(bit);
      assertThat(answer(IpProtocol.UDP, end).labels()).as("bit %d", bit).isEmpty();
      flip(bit);
    }
  }

  private void flip(int bit) {
    long at = 136L + bit / 8;
    NetworkOrder.unsignedByte(message, at, NetworkOrder.unsignedByte(message, at) ^ 1 << (bit & 7));
  }

  /// Adds a label stack with a checksum behind `quoted` bytes, without saying so in the header.
  ///
  /// @return where the message ends
  private int extension(int quoted, int... labels) {
    int at = IcmpHeader.BYTES + quoted;
    NetworkOrder.word(message, at, 2 << 28);
    NetworkOrder.unsignedShort(message, at + 4, 4 + 4 * labels.length);
    NetworkOrder.unsignedShort(message, at + 6, 1 << 8 | 1);
    for (int i = 0; i < labels.length; i++) {
      NetworkOrder.word(message, at + 8 + 4L * i, labels[i]);
    }
    int length = 8 + 4 * labels.length;
    NetworkOrder.unsignedShort(message, at + 2, Checksum.fold(Checksum.sum(message, at, length)));
    return at + length;
  }
}
