package io.ringtap.ping.engine.socket;

import static io.ringtap.ping.engine.probe.EchoPacket.HERE;
import static io.ringtap.ping.engine.probe.EchoPacket.HERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE;
import static io.ringtap.ping.engine.probe.EchoPacket.THERE6;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv4;
import static io.ringtap.ping.engine.probe.EchoPacket.ipv6;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
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
import io.ringtap.ping.engine.probe.EchoPayload;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.PayloadFill;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepartureFilterTest {
  private static final int TAG = 0x8badf00d;
  private static final int OURS = 0xabcd;
  private static final int TRANSLATED = 0x1111;
  private static final ProbeIdentity IDENTITY =
      new ProbeIdentity(new IdentifierBlock(0xabc8, 3), TAG);
  private static final BpfProgram FILTER = DepartureFilter.of(IDENTITY);

  private static int kept(int protocol, int packetType, MemorySegment packet) {
    return Verdict.of(FILTER, packet, new Ancillary(protocol, packetType, 1));
  }

  private static boolean departs4(MemorySegment message) {
    MemorySegment packet = ipv4(HERE, THERE, IpProtocol.ICMP, 8, message);
    return kept(EtherType.IPV4, IfPacket.PACKET_OUTGOING, packet) != 0;
  }

  private static boolean departs6(MemorySegment message) {
    MemorySegment packet = ipv6(HERE6, THERE6, IpProtocol.ICMPV6, message);
    return kept(EtherType.IPV6, IfPacket.PACKET_OUTGOING, packet) != 0;
  }

  /// An echo request with a payload as the sender writes it.
  private static MemorySegment request(int type, int identifier, int payloadBytes, int tag) {
    MemorySegment message = MemorySegment.ofArray(new byte[IcmpHeader.BYTES + payloadBytes]);
    IcmpHeader.writeEcho(message, 0, type, identifier, 7);
    ProbeForm form =
        new ProbeForm(
            ProbeForm.Kind.ECHO,
            payloadBytes,
            PayloadFill.COUNTING,
            ProbeForm.Header.DEFAULT,
            ProbeForm.Mode.DEFAULT);
    new EchoPayload(tag).write(message, IcmpHeader.BYTES, form, payloadBytes);
    return message;
  }

  private static MemorySegment request4(int identifier, int payloadBytes, int tag) {
    return request(IcmpType.ECHO_REQUEST, identifier, payloadBytes, tag);
  }

  private static MemorySegment request6(int identifier, int payloadBytes, int tag) {
    return request(Icmpv6Type.ECHO_REQUEST, identifier, payloadBytes, tag);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18, 56, 1400})
  void knowsARequestByItsTagWhateverItsIdentifier(int payloadBytes) {
    for (int identifier : new int[] {OURS, TRANSLATED}) {
      assertThat(departs4(request4(identifier, payloadBytes, TAG))).isTrue();
      assertThat(departs6(request6(identifier, payloadBytes, TAG))).isTrue();
      assertThat(departs4(request4(identifier, payloadBytes, TAG + 1))).isFalse();
      assertThat(departs6(request6(identifier, payloadBytes, TAG + 1))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 11})
  void knowsAShortRequestByItsIdentifier(int payloadBytes) {
    assertThat(departs4(request4(OURS, payloadBytes, TAG))).isTrue();
    assertThat(departs6(request6(OURS, payloadBytes, TAG))).isTrue();
    assertThat(departs4(request4(TRANSLATED, payloadBytes, TAG))).isFalse();
    assertThat(departs6(request6(TRANSLATED, payloadBytes, TAG))).isFalse();
  }

  @Test
  void knowsATimestampRequestByItsIdentifier() {
    int type = IcmpType.TIMESTAMP_REQUEST;

    assertThat(departs4(request(type, OURS, 12, TAG + 1))).isTrue();
    assertThat(departs4(request(type, TRANSLATED, 12, TAG))).isFalse();
  }

  @Test
  void showsNothingThatArrives() {
    MemorySegment request = ipv4(HERE, THERE, IpProtocol.ICMP, 0, request4(OURS, 18, TAG));
    MemorySegment reply =
        ipv4(THERE, HERE, IpProtocol.ICMP, 0, request(IcmpType.ECHO_REPLY, OURS, 18, TAG));

    for (int type = IfPacket.PACKET_HOST; type < IfPacket.PACKET_OUTGOING; type++) {
      assertThat(kept(EtherType.IPV4, type, request)).isZero();
      assertThat(kept(EtherType.IPV4, type, reply)).isZero();
    }
    assertThat(kept(EtherType.IPV4, IfPacket.PACKET_OUTGOING, reply)).isZero();
    assertThat(kept(EtherType.ARP, IfPacket.PACKET_OUTGOING, request)).isZero();
  }

  @Test
  void showsTheFirstFragmentOfALargeRequest() {
    MemorySegment first = ipv4(HERE, THERE, IpProtocol.ICMP, 0, request4(OURS, 1000, TAG));
    Ipv4Header.fragment(first, 0, false, true, 0);
    MemorySegment later = ipv4(HERE, THERE, IpProtocol.ICMP, 0, request4(OURS, 1000, TAG));
    Ipv4Header.fragment(later, 0, false, true, 8);
    MemorySegment request = request6(TRANSLATED, 1000, TAG);

    assertThat(kept(EtherType.IPV4, IfPacket.PACKET_OUTGOING, first)).isPositive();
    assertThat(kept(EtherType.IPV4, IfPacket.PACKET_OUTGOING, later)).isZero();
    assertThat(kept(EtherType.IPV6, IfPacket.PACKET_OUTGOING, EchoPacket.fragment6(0, request)))
        .isPositive();
    assertThat(kept(EtherType.IPV6, IfPacket.PACKET_OUTGOING, EchoPacket.fragment6(8, request)))
        .isZero();
  }

  /// The judge reads the cookie, wherever it may stand.
  @Test
  void keepsTheCookieBehindEveryHeaderThatARequestOfOursHas() {
    MemorySegment packet = EchoPacket.fragment6(0, request6(OURS, 1000, TAG));

    assertThat(kept(EtherType.IPV6, IfPacket.PACKET_OUTGOING, packet))
        .isGreaterThanOrEqualTo(40 + 8 + IcmpHeader.BYTES + ProbeCookie.BYTES);
  }

  @Test
  @Randomized
  void endsOnNoise() {
    Property.forAll(random -> {
      MemorySegment noise = Frames.random(random, random.nextInt(200));
      int protocol = random.nextBoolean() ? EtherType.IPV4 : EtherType.IPV6;

      assertThat(kept(protocol, random.nextInt(5), noise)).isIn(0, DepartureFilter.CAPLEN);
    });
  }
}
