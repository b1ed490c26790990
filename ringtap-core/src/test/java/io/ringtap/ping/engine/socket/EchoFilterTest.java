package io.ringtap.ping.engine.socket;

import static io.ringtap.ping.engine.probe.EchoPacket.HERE;
import static io.ringtap.ping.engine.probe.EchoPacket.HERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.echo;
import static io.ringtap.ping.engine.probe.EchoPacket.error4;
import static io.ringtap.ping.engine.probe.EchoPacket.error6;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv4;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv6;
import static io.ringtap.ping.engine.probe.EchoPacket.reply4;
import static io.ringtap.ping.engine.probe.EchoPacket.reply6;
import static io.ringtap.ping.engine.probe.EchoPacket.request4;
import static io.ringtap.ping.engine.probe.EchoPacket.request6;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.Verdict;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frames;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.engine.probe.EchoPacket;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoFilterTest {
  private static final IdentifierBlock BLOCK = new IdentifierBlock(0xabc8, 3);
  private static final int OURS = 0xabcd;
  private static final List<Integer> FOREIGN = List.of(0xabc7, 0xabd0, 0, 0xffff, 0x2bcd);
  private static final int ARRIVING = IfPacket.PACKET_HOST;
  private static final int DEPARTING = IfPacket.PACKET_OUTGOING;
  private static final BpfProgram RING = EchoFilter.onRing(BLOCK);

  private static boolean passes4(int packetType, MemorySegment packet) {
    return passes(EtherType.IPV4, packetType, packet);
  }

  private static boolean passes6(int packetType, MemorySegment packet) {
    return passes(EtherType.IPV6, packetType, packet);
  }

  private static boolean passes(int protocol, int packetType, MemorySegment packet) {
    return Verdict.of(RING, packet, new Ancillary(protocol, packetType, 2)) != 0;
  }

  @Test
  void passesOurRequestsAsTheyDepart() {
    for (int identifier = 0xabc8; identifier <= 0xabcf; identifier++) {
      assertThat(passes4(DEPARTING, request4(identifier))).isTrue();
      assertThat(passes6(DEPARTING, request6(identifier))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IfPacket.PACKET_HOST, IfPacket.PACKET_BROADCAST, IfPacket.PACKET_MULTICAST})
  void passesRepliesToUs(int packetType) {
    for (int identifier = 0xabc8; identifier <= 0xabcf; identifier++) {
      assertThat(passes4(packetType, reply4(identifier))).isTrue();
      assertThat(passes6(packetType, reply6(identifier))).isTrue();
    }
  }

  @Test
  void keepsTheLargestReplyOfTheRingWholeBehindAllIpOptions() {
    int message = IcmpHeader.BYTES + EchoFilter.LARGEST_ON_RING;
    int options = 40;

    int kept = Verdict.of(RING, reply4(OURS), new Ancillary(EtherType.IPV4, ARRIVING, 2));

    assertThat(kept).isGreaterThanOrEqualTo(Ipv4Header.MIN_BYTES + options + message);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 40})
  void passesPacketsWithIpOptions(int optionBytes) {
    MemorySegment request =
        ipv4(HERE, THERE, IpProtocol.ICMP, optionBytes, echo(IcmpType.ECHO_REQUEST, OURS));
    MemorySegment reply =
        ipv4(THERE, HERE, IpProtocol.ICMP, optionBytes, echo(IcmpType.ECHO_REPLY, OURS));

    assertThat(passes4(DEPARTING, request)).isTrue();
    assertThat(passes4(ARRIVING, reply)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {IcmpType.DESTINATION_UNREACHABLE, IcmpType.TIME_EXCEEDED, IcmpType.PARAMETER_PROBLEM})
  void passesErrorsAboutOurRequestsWhateverTheOptionsOfBothHeaders(int type) {
    for (int outer = 0; outer <= 40; outer += 4) {
      for (int inner = 0; inner <= 40; inner += 4) {
        MemorySegment quoted =
            ipv4(HERE, THERE, IpProtocol.ICMP, inner, echo(IcmpType.ECHO_REQUEST, OURS));

        assertThat(passes4(ARRIVING, error4(type, outer, quoted)))
            .as("%d and %d bytes of options", outer, inner)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Icmpv6Type.DESTINATION_UNREACHABLE,
        Icmpv6Type.PACKET_TOO_BIG,
        Icmpv6Type.TIME_EXCEEDED,
        Icmpv6Type.PARAMETER_PROBLEM
      })
  void passesIpv6ErrorsAboutOurRequests(int type) {
    assertThat(passes6(ARRIVING, error6(type, request6(OURS)))).isTrue();
  }

  @Test
  void dropsForeignIdentifiers() {
    for (int foreign : FOREIGN) {
      assertThat(passes4(DEPARTING, request4(foreign))).isFalse();
      assertThat(passes4(ARRIVING, reply4(foreign))).isFalse();
      assertThat(passes4(ARRIVING, error4(IcmpType.TIME_EXCEEDED, 0, request4(foreign)))).isFalse();
      assertThat(passes6(DEPARTING, request6(foreign))).isFalse();
      assertThat(passes6(ARRIVING, reply6(foreign))).isFalse();
      assertThat(passes6(ARRIVING, error6(Icmpv6Type.TIME_EXCEEDED, request6(foreign)))).isFalse();
    }
  }

  @Test
  void dropsWhatGoesTheWrongWay() {
    assertThat(passes4(ARRIVING, request4(OURS))).isFalse();
    assertThat(passes4(DEPARTING, reply4(OURS))).isFalse();
    assertThat(passes4(DEPARTING, error4(IcmpType.TIME_EXCEEDED, 0, request4(OURS)))).isFalse();
    assertThat(passes6(ARRIVING, request6(OURS))).isFalse();
    assertThat(passes6(DEPARTING, reply6(OURS))).isFalse();
    assertThat(passes6(DEPARTING, error6(Icmpv6Type.TIME_EXCEEDED, request6(OURS)))).isFalse();
  }

  @Test
  void dropsWhatIsMeantForAnotherHost() {
    assertThat(passes4(IfPacket.PACKET_OTHERHOST, reply4(OURS))).isFalse();
    assertThat(passes6(IfPacket.PACKET_OTHERHOST, reply6(OURS))).isFalse();
  }

  @Test
  void dropsEveryOtherIcmpType() {
    List<Integer> answers =
        List.of(
            IcmpType.ECHO_REPLY,
            IcmpType.DESTINATION_UNREACHABLE,
            IcmpType.TIME_EXCEEDED,
            IcmpType.PARAMETER_PROBLEM,
            IcmpType.TIMESTAMP_REPLY);
    List<Integer> answers6 =
        List.of(
            Icmpv6Type.ECHO_REPLY,
            Icmpv6Type.DESTINATION_UNREACHABLE,
            Icmpv6Type.PACKET_TOO_BIG,
            Icmpv6Type.TIME_EXCEEDED,
            Icmpv6Type.PARAMETER_PROBLEM);
    for (int type = 0; type < 256; type++) {
      if (!answers.contains(type)) {
        assertThat(passes4(ARRIVING, error4(type, 0, request4(OURS))))
            .as("type %d", type)
            .isFalse();
        assertThat(passes4(ARRIVING, ipv4(THERE, HERE, IpProtocol.ICMP, 0, echo(type, OURS))))
            .isFalse();
      }
      if (!answers6.contains(type)) {
        assertThat(passes6(ARRIVING, error6(type, request6(OURS)))).as("type %d", type).isFalse();
        assertThat(passes6(ARRIVING, ipv6(THERE6, HERE6, IpProtocol.ICMPV6, echo(type, OURS))))
            .isFalse();
      }
    }
  }

  @Test
  void dropsErrorsAboutWhatIsNoEchoRequest() {
    MemorySegment datagram =
        ipv4(HERE, THERE, IpProtocol.UDP, 0, echo(IcmpType.ECHO_REQUEST, OURS));
    MemorySegment datagram6 =
        ipv6(HERE6, THERE6, IpProtocol.UDP, echo(Icmpv6Type.ECHO_REQUEST, OURS));

    assertThat(passes4(ARRIVING, error4(IcmpType.TIME_EXCEEDED, 0, datagram))).isFalse();
    assertThat(passes4(ARRIVING, error4(IcmpType.TIME_EXCEEDED, 0, reply4(OURS)))).isFalse();
    assertThat(passes6(ARRIVING, error6(Icmpv6Type.TIME_EXCEEDED, datagram6))).isFalse();
    assertThat(passes6(ARRIVING, error6(Icmpv6Type.TIME_EXCEEDED, reply6(OURS)))).isFalse();
  }

  @Test
  void dropsOtherProtocols() {
    for (int protocol : new int[] {IpProtocol.TCP, IpProtocol.UDP, 0, 2, 50, IpProtocol.ICMPV6}) {
      assertThat(passes4(ARRIVING, ipv4(THERE, HERE, protocol, 0, echo(0, OURS)))).isFalse();
    }
    for (int protocol : new int[] {IpProtocol.TCP, IpProtocol.UDP, 0, 43, 60, IpProtocol.ICMP}) {
      assertThat(passes6(ARRIVING, ipv6(THERE6, HERE6, protocol, echo(129, OURS)))).isFalse();
    }
    assertThat(passes(EtherType.ARP, ARRIVING, reply4(OURS))).isFalse();
    assertThat(passes(EtherType.IPV6, ARRIVING, reply4(OURS))).isFalse();
    assertThat(passes(EtherType.IPV4, ARRIVING, reply6(OURS))).isFalse();
  }

  @Test
  void dropsFragmentsOfIpv4Replies() {
    MemorySegment first = reply4(OURS);
    Ipv4Header.fragment(first, 0, false, true, 0);
    MemorySegment later = reply4(OURS);
    Ipv4Header.fragment(later, 0, false, false, 1480);

    assertThat(passes4(ARRIVING, first)).isFalse();
    assertThat(passes4(ARRIVING, later)).isFalse();
  }

  @Test
  void passesTheFirstFragmentOfALargeRequestAlone() {
    MemorySegment first = request4(OURS);
    Ipv4Header.fragment(first, 0, false, true, 0);
    MemorySegment later = request4(OURS);
    Ipv4Header.fragment(later, 0, false, true, 8);
    MemorySegment request = echo(Icmpv6Type.ECHO_REQUEST, OURS);

    assertThat(passes4(DEPARTING, first)).isTrue();
    assertThat(passes4(DEPARTING, later)).isFalse();
    assertThat(passes6(DEPARTING, EchoPacket.fragment6(0, request))).isTrue();
    assertThat(passes6(DEPARTING, EchoPacket.fragment6(8, request))).isFalse();
  }

  @Test
  void dropsFragmentsOfIpv6Replies() {
    MemorySegment reply = echo(Icmpv6Type.ECHO_REPLY, OURS);

    assertThat(passes6(ARRIVING, EchoPacket.fragment6(0, reply))).isFalse();
    assertThat(passes6(DEPARTING, EchoPacket.fragment6(0, reply))).isFalse();
  }

  @Test
  void dropsErrorsThatQuoteALaterFragment() {
    MemorySegment later = request4(OURS);
    Ipv4Header.fragment(later, 0, false, false, 64);

    assertThat(passes4(ARRIVING, error4(IcmpType.TIME_EXCEEDED, 0, later))).isFalse();
  }

  /// The identifier's last byte is the seventh from the end of what must be there.
  @Test
  void dropsEveryTruncation() {
    assertTruncationsDropped(EtherType.IPV4, DEPARTING, request4(OURS));
    assertTruncationsDropped(EtherType.IPV4, ARRIVING, reply4(OURS));
    assertTruncationsDropped(
        EtherType.IPV4, ARRIVING, error4(IcmpType.TIME_EXCEEDED, 8, request4(OURS)));
    assertTruncationsDropped(EtherType.IPV6, DEPARTING, request6(OURS));
    assertTruncationsDropped(EtherType.IPV6, ARRIVING, reply6(OURS));
    assertTruncationsDropped(
        EtherType.IPV6, ARRIVING, error6(Icmpv6Type.TIME_EXCEEDED, request6(OURS)));
    assertTruncationsDropped(
        EtherType.IPV6, DEPARTING, EchoPacket.fragment6(0, echo(Icmpv6Type.ECHO_REQUEST, OURS)));
  }

  private static void assertTruncationsDropped(int protocol, int packetType, MemorySegment packet) {
    long identifierEnd = packet.byteSize() - Short.BYTES; // the sequence number stands last
    assertThat(passes(protocol, packetType, packet.asSlice(0, identifierEnd))).isTrue();
    for (long length = 0; length < identifierEnd; length++) {
      assertThat(passes(protocol, packetType, packet.asSlice(0, length)))
          .as("%d bytes", length)
          .isFalse();
    }
  }

  @Test
  @Randomized
  void endsOnNoise() {
    Property.forAll(random -> {
      MemorySegment noise = Frames.random(random, random.nextInt(200));
      int protocol = random.nextBoolean() ? EtherType.IPV4 : EtherType.IPV6;

      assertThat(Verdict.of(RING, noise, new Ancillary(protocol, random.nextInt(5), 1)))
          .isIn(0, BpfAssembler.KEEP_ALL);
    });
  }

  @Test
  void leavesTheRawSocketsLargeRepliesToUs() {
    BpfProgram raw4 = EchoFilter.onRawIpv4(BLOCK);
    BpfProgram raw6 = EchoFilter.onRawIpv6(BLOCK);
    for (int optionBytes : new int[] {0, 4, 40}) {
      assertThat(runs(raw4, large4(IcmpType.ECHO_REPLY, OURS, optionBytes, 2000))).isTrue();
    }

    assertThat(runs(raw6, large(Icmpv6Type.ECHO_REPLY, OURS, 2000))).isTrue();
    assertThat(runs(raw4, large4(IcmpType.ECHO_REQUEST, OURS, 0, 2000))).isFalse();
    assertThat(runs(raw6, large(Icmpv6Type.ECHO_REQUEST, OURS, 2000))).isFalse();
    for (int foreign : FOREIGN) {
      assertThat(runs(raw4, large4(IcmpType.ECHO_REPLY, foreign, 0, 2000))).isFalse();
      assertThat(runs(raw6, large(Icmpv6Type.ECHO_REPLY, foreign, 2000))).isFalse();
    }
    assertThat(runs(raw4, reply4(OURS))).isFalse();
    assertThat(runs(raw6, echo(Icmpv6Type.ECHO_REPLY, OURS))).isFalse();
  }

  /// The ring is shown a reply, or the raw socket is, and never both.
  @Test
  void leavesNoSizeOutBetweenRingAndRawSockets() {
    BpfProgram raw4 = EchoFilter.onRawIpv4(BLOCK);
    BpfProgram raw6 = EchoFilter.onRawIpv6(BLOCK);
    int largestOnRing = IcmpHeader.BYTES + EchoFilter.LARGEST_ON_RING;
    for (int bytes : new int[] {8, 64, largestOnRing, largestOnRing + 1, 9000, 65_000}) {
      MemorySegment packet4 = large4(IcmpType.ECHO_REPLY, OURS, 0, bytes);
      MemorySegment message6 = large(Icmpv6Type.ECHO_REPLY, OURS, bytes);
      MemorySegment packet6 = ipv6(THERE6, HERE6, IpProtocol.ICMPV6, message6);
      boolean isForRing = bytes <= largestOnRing;

      assertThat(passes4(ARRIVING, packet4)).isEqualTo(isForRing);
      assertThat(passes6(ARRIVING, packet6)).isEqualTo(isForRing);
      assertThat(runs(raw4, packet4)).isEqualTo(!isForRing);
      assertThat(runs(raw6, message6)).isEqualTo(!isForRing);
    }
  }

  private static boolean runs(BpfProgram program, MemorySegment packet) {
    return Verdict.of(program, packet, new Ancillary(0, 0, 0)) != 0;
  }

  private static MemorySegment large(int type, int identifier, int messageBytes) {
    MemorySegment message = MemorySegment.ofArray(new byte[messageBytes]);
    return message.copyFrom(echo(type, identifier));
  }

  private static MemorySegment large4(int type, int identifier, int optionBytes, int messageBytes) {
    return ipv4(THERE, HERE, IpProtocol.ICMP, optionBytes, large(type, identifier, messageBytes));
  }
}
