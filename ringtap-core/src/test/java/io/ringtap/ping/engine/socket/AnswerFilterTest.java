package io.ringtap.ping.engine.socket;

import static io.ringtap.ping.engine.probe.EchoPacket.HERE;
import static io.ringtap.ping.engine.probe.EchoPacket.HERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.echo;
import static io.ringtap.ping.engine.probe.EchoPacket.error;
import static io.ringtap.ping.engine.probe.EchoPacket.error4;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv4;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv6;
import static io.ringtap.ping.engine.probe.EchoPacket.reply4;
import static io.ringtap.ping.engine.probe.EchoPacket.request4;
import static io.ringtap.ping.engine.probe.EchoPacket.request6;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.Verdict;
import io.ringtap.packet.Frames;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.QuotedEcho;
import io.ringtap.ping.engine.probe.EchoPacket;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What raw sockets are shown: IPv4 from the IP header on, IPv6 from the ICMPv6 header on.
class AnswerFilterTest {
  private static final IdentifierBlock BLOCK = new IdentifierBlock(0xabc8, 3);
  private static final int OURS = 0xabcd;
  private static final List<Integer> FOREIGN = List.of(0xabc7, 0xabd0, 0, 0xffff, 0x2bcd);
  private static final List<Integer> ERRORS =
      List.of(
          IcmpType.DESTINATION_UNREACHABLE,
          IcmpType.SOURCE_QUENCH,
          IcmpType.REDIRECT,
          IcmpType.TIME_EXCEEDED,
          IcmpType.PARAMETER_PROBLEM);
  private static final BpfProgram ON_IPV4 = AnswerFilter.onIpv4(BLOCK);
  private static final BpfProgram ON_IPV6 = AnswerFilter.onIpv6(BLOCK);

  private static boolean passes4(MemorySegment packet) {
    return Verdict.of(ON_IPV4, packet, new Ancillary(0, 0, 1)) != 0;
  }

  private static boolean passes6(MemorySegment message) {
    return Verdict.of(ON_IPV6, message, new Ancillary(0, 0, 1)) != 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 40})
  void passesOurRepliesWholeWhateverTheOptions(int optionBytes) {
    MemorySegment reply =
        ipv4(THERE, HERE, IpProtocol.ICMP, optionBytes, echo(IcmpType.ECHO_REPLY, OURS));

    assertThat(Verdict.of(ON_IPV4, reply, new Ancillary(0, 0, 1))).isEqualTo(BpfAssembler.KEEP_ALL);
    assertThat(passes6(echo(Icmpv6Type.ECHO_REPLY, OURS))).isTrue();
  }

  @Test
  void dropsForeignIdentifiers() {
    for (int foreign : FOREIGN) {
      assertThat(passes4(reply4(foreign))).isFalse();
      assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, request4(foreign)))).isFalse();
      assertThat(passes6(echo(Icmpv6Type.ECHO_REPLY, foreign))).isFalse();
      assertThat(passes6(error(Icmpv6Type.TIME_EXCEEDED, request6(foreign)))).isFalse();
    }
  }

  @Test
  void passesErrorsAboutOurRequestsAndNoOtherType() {
    for (int type = 0; type < 256; type++) {
      assertThat(passes4(error4(type, 8, request4(OURS))))
          .as("type %d", type)
          .isEqualTo(ERRORS.contains(type));
    }
  }

  /// An ICMPv6 error type that nobody has defined yet is an error all the same (RFC 4443 §2.4).
  @Test
  void passesEveryIcmpv6ErrorAboutOurRequests() {
    for (int type = 0; type < 256; type++) {
      MemorySegment message = error(type, request6(OURS));
      boolean isReply = type == Icmpv6Type.ECHO_REPLY;

      assertThat(passes6(message)).as("type %d", type).isEqualTo(type < 128 && !isReply);
    }
  }

  @Test
  void readsPastTheOptionsOfTheQuotedHeader() {
    for (int inner = 0; inner <= 40; inner += 4) {
      MemorySegment quoted =
          ipv4(HERE, THERE, IpProtocol.ICMP, inner, echo(IcmpType.ECHO_REQUEST, OURS));

      assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 40, quoted))).isTrue();
    }
  }

  @Test
  void passesErrorsThatQuoteTheFirstFragmentOfARequest() {
    MemorySegment first = request4(OURS);
    Ipv4Header.fragment(first, 0, false, true, 0);
    MemorySegment later = request4(OURS);
    Ipv4Header.fragment(later, 0, false, true, 8);
    MemorySegment request = echo(Icmpv6Type.ECHO_REQUEST, OURS);

    assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, first))).isTrue();
    assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, later))).isFalse();
    assertThat(passes6(error(Icmpv6Type.PACKET_TOO_BIG, EchoPacket.fragment6(0, request))))
        .isTrue();
    assertThat(passes6(error(Icmpv6Type.PACKET_TOO_BIG, EchoPacket.fragment6(8, request))))
        .isFalse();
  }

  /// Three headers at the most, of any length.
  @Test
  void readsPastExtensionHeadersOfTheQuotedPacket() {
    MemorySegment request = echo(Icmpv6Type.ECHO_REQUEST, OURS);
    MemorySegment one = extension(IpProtocol.ICMPV6, 24, request);
    MemorySegment two = extension(IpProtocol.DESTINATION_OPTIONS, 8, one);
    MemorySegment three = extension(IpProtocol.ROUTING, 16, two);
    MemorySegment four = extension(IpProtocol.DESTINATION_OPTIONS, 8, three);

    assertQuotes(ipv6(HERE6, THERE6, IpProtocol.DESTINATION_OPTIONS, one), true);
    assertQuotes(ipv6(HERE6, THERE6, IpProtocol.HOP_BY_HOP, two), true);
    assertQuotes(ipv6(HERE6, THERE6, IpProtocol.HOP_BY_HOP, three), true);
    assertThat(passes6(error(1, ipv6(HERE6, THERE6, IpProtocol.HOP_BY_HOP, four)))).isFalse();
  }

  private static void assertQuotes(MemorySegment packet, boolean ours) {
    MemorySegment message = error(Icmpv6Type.TIME_EXCEEDED, packet);

    assertThat(passes6(message)).isEqualTo(ours);
    assertThat(QuotedEcho.isWhole(message, 0, message.byteSize())).isEqualTo(ours);
    assertThat(QuotedEcho.identifier(message, 0)).isEqualTo(OURS);
    assertThat(QuotedEcho.sequence(message, 0)).isEqualTo(EchoPacket.SEQUENCE);
  }

  private static MemorySegment extension(int nextHeader, int bytes, MemorySegment payload) {
    MemorySegment header = MemorySegment.ofArray(new byte[bytes + (int) payload.byteSize()]);
    header.set(JAVA_BYTE, 0, (byte) nextHeader);
    header.set(JAVA_BYTE, 1, (byte) (bytes / 8 - 1));
    MemorySegment.copy(payload, 0, header, bytes, payload.byteSize());
    return header;
  }

  @Test
  void passesTimestampRepliesAndErrorsAboutTimestampRequests() {
    MemorySegment request =
        ipv4(HERE, THERE, IpProtocol.ICMP, 0, echo(IcmpType.TIMESTAMP_REQUEST, OURS));
    MemorySegment error = error(IcmpType.TIME_EXCEEDED, request);

    assertThat(passes4(ipv4(THERE, HERE, IpProtocol.ICMP, 0, echo(IcmpType.TIMESTAMP_REPLY, OURS))))
        .isTrue();
    assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, request))).isTrue();
    assertThat(QuotedEcho.isWhole(error, 0, error.byteSize())).isTrue();
    assertThat(QuotedEcho.identifier(error, 0)).isEqualTo(OURS);
    assertThat(passes4(request)).isFalse();
  }

  @Test
  void dropsErrorsAboutWhatIsNoEchoRequest() {
    MemorySegment datagram =
        ipv4(HERE, THERE, IpProtocol.UDP, 0, echo(IcmpType.ECHO_REQUEST, OURS));
    MemorySegment datagram6 =
        ipv6(HERE6, THERE6, IpProtocol.UDP, echo(Icmpv6Type.ECHO_REQUEST, OURS));

    assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, datagram))).isFalse();
    assertThat(passes4(error4(IcmpType.TIME_EXCEEDED, 0, reply4(OURS)))).isFalse();
    assertThat(passes6(error(Icmpv6Type.TIME_EXCEEDED, datagram6))).isFalse();
  }

  @Test
  @Randomized
  void endsOnNoise() {
    Property.forAll(random -> {
      MemorySegment noise = Frames.random(random, random.nextInt(200));

      assertThat(Verdict.of(ON_IPV4, noise, new Ancillary(0, 0, 1))).isIn(0, BpfAssembler.KEEP_ALL);
      assertThat(Verdict.of(ON_IPV6, noise, new Ancillary(0, 0, 1))).isIn(0, BpfAssembler.KEEP_ALL);
    });
  }
}
