package io.ringtap.ping.engine.socket;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.PingOutcome.Corrupted;
import io.ringtap.ping.PingOutcome.IcmpError;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.ping.Pings;
import io.ringtap.ping.engine.probe.EchoFrame;
import io.ringtap.ping.engine.probe.EchoPacket;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.ping.engine.probe.JudgeFixture;
import io.ringtap.socket.TestRing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// From the ring's packets to the judge's verdicts.
class RingReaderTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final TestRing kernel = new TestRing(1, 1 << 14);
  private final RingReader reader = new RingReader(fixture.judge, fixture.identifiers);

  private TestRing.Packet arriving(int protocol, MemorySegment packet) {
    return new TestRing.Packet(protocol, IfPacket.PACKET_HOST, 0, fixture.epoch(), packet);
  }

  private void show(TestRing.Packet... packets) {
    kernel.handOver(0, packets);
    fixture.pass(() -> kernel.drain(reader));
  }

  /// The request of a probe as it departs now.
  private TestRing.Packet departing(int probe) {
    MemorySegment message = EchoFrame.request(fixture, probe).bytes();
    return new TestRing.Packet(
        EtherType.IPV4,
        IfPacket.PACKET_OUTGOING,
        0,
        fixture.epoch(),
        EchoPacket.ipv4(EchoPacket.HERE, Pings.TARGET, IpProtocol.ICMP, 0, message));
  }

  private MemorySegment reply(int probe, int optionBytes) {
    MemorySegment message = EchoFrame.reply(fixture, probe).bytes();
    return EchoPacket.ipv4(Pings.TARGET, EchoPacket.HERE, IpProtocol.ICMP, optionBytes, message);
  }

  @Test
  void measuresFromDepartureToReply() {
    int probe = fixture.send(fixture.start(request()));
    fixture.advance(MILLI);
    TestRing.Packet departure = departing(probe);
    fixture.advance(3 * MILLI);

    show(departure, arriving(EtherType.IPV4, reply(probe, 0)));

    assertThat(fixture.heard.outcomes)
        .containsExactly(new Reply(1, fixture.arrivalOfPacket(Pings.TARGET, 3 * MILLI, 64)));
  }

  @Test
  void readsPastTheOptionsOfARepliesHeader() {
    int probe = fixture.send(fixture.start(request()));

    show(arriving(EtherType.IPV4, reply(probe, 40)));

    assertThat(fixture.heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void leavesEthernetPaddingOut() {
    int probe = fixture.send(fixture.start(request(0)));
    MemorySegment padded = MemorySegment.ofArray(new byte[46]);
    padded.fill((byte) 0x5a);
    padded.copyFrom(reply(probe, 0));

    show(arriving(EtherType.IPV4, padded));

    assertThat(fixture.heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void measuresIpv6FromDepartureToReply() {
    int probe = fixture.send(fixture.start(request(Pings.TARGET6)));
    MemorySegment sent = EchoFrame.request(fixture, probe).bytes();
    TestRing.Packet departure =
        new TestRing.Packet(
            EtherType.IPV6,
            IfPacket.PACKET_OUTGOING,
            0,
            fixture.epoch(),
            EchoPacket.ipv6(EchoPacket.HERE6, Pings.TARGET6, IpProtocol.ICMPV6, sent));
    fixture.advance(2 * MILLI);

    show(departure, arriving(EtherType.IPV6, reply6(probe)));

    assertThat(fixture.heard.outcomes)
        .containsExactly(new Reply(1, fixture.arrivalOfPacket(Pings.TARGET6, 2 * MILLI, 64)));
  }

  private MemorySegment reply6(int probe) {
    MemorySegment message = EchoFrame.reply(fixture, probe).bytes();
    IcmpHeader.checksum(message, 0, 0);
    long pseudo =
        Checksum.pseudoHeader(
            Pings.TARGET6.high(),
            Pings.TARGET6.low(),
            EchoPacket.HERE6.high(),
            EchoPacket.HERE6.low(),
            IpProtocol.ICMPV6,
            (int) message.byteSize());
    IcmpHeader.checksum(
        message, 0, Checksum.fold(pseudo + Checksum.sum(message, 0, message.byteSize())));
    return EchoPacket.ipv6(Pings.TARGET6, EchoPacket.HERE6, IpProtocol.ICMPV6, message);
  }

  @Test
  void checksTheIpv6ChecksumWithItsPseudoHeader() {
    int probe = fixture.send(fixture.start(request(Pings.TARGET6)));
    MemorySegment packet = reply6(probe);
    int checksum = IcmpHeader.checksum(packet, 40);
    IcmpHeader.checksum(packet, 40, checksum ^ 1);

    show(arriving(EtherType.IPV6, packet));

    assertThat(fixture.heard.outcomes).singleElement().isInstanceOf(Corrupted.class);
  }

  @Test
  void seesAFragmentedIpv6RequestDepart() {
    int probe = fixture.send(fixture.start(request(Pings.TARGET6)));
    MemorySegment first =
        EchoPacket.fragment6(0, EchoFrame.request(fixture, probe).bytes().asSlice(0, 24));

    show(new TestRing.Packet(EtherType.IPV6, IfPacket.PACKET_OUTGOING, 0, fixture.epoch(), first));

    assertThat(fixture.table.departedNanos(probe)).isEqualTo(fixture.monotonic());
  }

  @Test
  void readsErrors() {
    int probe = fixture.send(fixture.start(request()));
    MemorySegment quoted =
        EchoPacket.ipv4(
            EchoPacket.HERE,
            Pings.TARGET,
            IpProtocol.ICMP,
            8,
            EchoFrame.request(fixture, probe).bytes());
    MemorySegment error = EchoPacket.error(IcmpType.TIME_EXCEEDED, quoted);

    show(
        arriving(
            EtherType.IPV4,
            EchoPacket.ipv4(Pings.OTHER, EchoPacket.HERE, IpProtocol.ICMP, 4, error)));

    IcmpError outcome = (IcmpError) fixture.heard.outcomes.getFirst();
    assertThat(outcome.from()).isEqualTo(Pings.OTHER);
    assertThat(outcome.type()).isEqualTo(IcmpType.TIME_EXCEEDED);
  }

  @Test
  void readsIpv6Errors() {
    int probe = fixture.send(fixture.start(request(Pings.TARGET6)));
    MemorySegment quoted =
        EchoPacket.ipv6(
            EchoPacket.HERE6,
            Pings.TARGET6,
            IpProtocol.ICMPV6,
            EchoFrame.request(fixture, probe).bytes());

    show(
        arriving(
            EtherType.IPV6, EchoPacket.error6(Pings.OTHER6, Icmpv6Type.TIME_EXCEEDED, quoted)));

    assertThat(((IcmpError) fixture.heard.outcomes.getFirst()).from()).isEqualTo(Pings.OTHER6);
  }

  @Test
  void believesTheKernelThatAChecksumIsStillToCome() {
    int probe = fixture.send(fixture.start(request()));
    MemorySegment packet = reply(probe, 0);
    IcmpHeader.checksum(packet, Ipv4Header.MIN_BYTES, 0xbad);

    show(
        new TestRing.Packet(
            EtherType.IPV4,
            IfPacket.PACKET_HOST,
            IfPacket.TP_STATUS_CSUMNOTREADY,
            fixture.epoch(),
            packet));

    assertThat(fixture.heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  /// Nobody has checked the lengths of what a packet socket is shown.
  @Test
  void doesNotReadPastAPacketThatClaimsToBeLonger() {
    int probe = fixture.send(fixture.start(request()));
    MemorySegment packet = reply(probe, 0);
    Ipv4Header.totalLength(packet, 0, 0xffff);
    kernel.handOverAtTheEnd(0, arriving(EtherType.IPV4, packet));

    fixture.pass(() -> kernel.drain(reader));

    assertThat(kernel.status(0)).isEqualTo(IfPacket.TP_STATUS_KERNEL);
    assertThat(fixture.heard.outcomes.size() + fixture.counters.get(Counter.FOREIGN)).isEqualTo(1);
  }

  @Test
  void doesNotReadPastAnIpv6PacketThatClaimsToBeLonger() {
    int probe = fixture.send(fixture.start(request(Pings.TARGET6)));
    MemorySegment packet = reply6(probe);
    packet.set(JAVA_BYTE, 4, (byte) 0xff);
    kernel.handOverAtTheEnd(0, arriving(EtherType.IPV6, packet));

    fixture.pass(() -> kernel.drain(reader));

    assertThat(kernel.status(0)).isEqualTo(IfPacket.TP_STATUS_KERNEL);
  }

  @Test
  void survivesEveryTruncation() {
    int probe = fixture.send(fixture.start(request()));
    MemorySegment whole = reply(probe, 4);
    List<TestRing.Packet> packets = new ArrayList<>();
    for (long length = 0; length < whole.byteSize(); length++) {
      packets.add(arriving(EtherType.IPV4, whole.asSlice(0, length)));
      packets.add(arriving(EtherType.IPV6, whole.asSlice(0, length)));
    }

    show(packets.toArray(TestRing.Packet[]::new));

    assertThat(fixture.heard.outcomes).noneMatch(Reply.class::isInstance);
  }
}
