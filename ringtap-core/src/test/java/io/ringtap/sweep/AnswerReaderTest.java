package io.ringtap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.timing.StampClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Answers to probes that the writer wrote, and what differs from these by a bit.
class AnswerReaderTest {
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final int TARGET = 0x0a00_0007;
  private static final int ROUTER = 0x0a00_ff01;
  private static final long SENT = 5_000_000_123L;
  private static final long RTT = 1_234_567;
  private static final int TRANSPORT = Ipv4Header.MIN_BYTES;
  private static final int ATTEMPT = 2;

  private final Arena arena = Arena.ofConfined();
  private final List<Kind> shown = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private SweepTally tally = new SweepTally();

  @AfterEach
  void close() {
    arena.close();
  }

  /// A sweep of one kind of probe: its writer and its reader.
  private final class Probing {
    private final SweepOptions options;
    private final ProbeSecret secret;
    private final ProbeWriter writer;
    private final AnswerReader reader;

    Probing(SweepProbe probe) {
      options = SweepOptions.DEFAULT.withProbe(probe).withProbes(3);
      int firstPort = options.origin().firstSourcePort();
      secret = new ProbeSecret(new ProbeCookie(14, 3), 0x1234, firstPort, 3);
      writer = new ProbeWriter(probe, secret, SOURCE, 64);
      AnsweredSet answered = new AnsweredSet(1L << 46, 3, 1 << 16, arena);
      reader =
          new AnswerReader(
              options,
              secret,
              new AnswerReader.Targets(new TestTargets(1L << 48), answered, tally),
              answer -> {
                assertThat(answer.attempt()).isEqualTo(ATTEMPT);
                assertThat(answer.low()).isEqualTo(TARGET);
                shown.add(answer.kind());
                times.add(answer.rttNanos());
              },
              new StampClock(() -> SENT + RTT, () -> SENT + RTT));
    }

    MemorySegment probe(int port) {
      MemorySegment packet = arena.allocate(writer.bytes());
      SweepTarget target = new SweepTarget();
      target.ipv4(TARGET, port);
      writer.write(packet, 0, target, ATTEMPT, SENT);
      return packet;
    }

    /// Whether the packet is believed.
    boolean believes(MemorySegment packet) {
      int before = shown.size();
      int bytes = (int) packet.byteSize();
      reader.onPacket(new MemoryFrame(LinkType.RAW, packet, 0, bytes, bytes, SENT + RTT, 0));
      return shown.size() > before;
    }

    /// Asserts that a packet is not believed when any bit of some bytes is another one.
    void assertEveryBitMatters(MemorySegment packet, int from, int bytes) {
      for (int bit = 0; bit < bytes * Byte.SIZE; bit++) {
        int at = from + bit / Byte.SIZE;
        int original = NetworkOrder.unsignedByte(packet, at);
        NetworkOrder.unsignedByte(packet, at, original ^ 1 << bit % Byte.SIZE);
        assertThat(believes(packet)).as("bit %d after %d", bit, from).isFalse();
        NetworkOrder.unsignedByte(packet, at, original);
      }
    }
  }

  private static void turnAround(MemorySegment packet) {
    int source = Ipv4Header.source(packet, 0);
    NetworkOrder.word(packet, Ipv4Header.SOURCE, Ipv4Header.destination(packet, 0));
    NetworkOrder.word(packet, Ipv4Header.DESTINATION, source);
  }

  private static void swapPorts(MemorySegment packet) {
    int source = UdpHeader.sourcePort(packet, TRANSPORT);
    int destination = UdpHeader.destinationPort(packet, TRANSPORT);
    NetworkOrder.unsignedShort(packet, TRANSPORT + UdpHeader.SOURCE_PORT, destination);
    NetworkOrder.unsignedShort(packet, TRANSPORT + UdpHeader.DESTINATION_PORT, source);
  }

  /// An ICMP error from a router that quotes some bytes of a probe after its IP header.
  private MemorySegment error(MemorySegment probe, int quotedBytes) {
    int quote = Ipv4Header.MIN_BYTES + quotedBytes;
    int bytes = TRANSPORT + IcmpHeader.BYTES + quote;
    MemorySegment packet = arena.allocate(bytes);
    Ipv4Header.write(packet, 0, 0, bytes, 1, 60, IpProtocol.ICMP, ROUTER, (int) SOURCE.low());
    IcmpHeader.writeError(packet, TRANSPORT, IcmpType.DESTINATION_UNREACHABLE, 1, 0);
    MemorySegment.copy(probe, 0, packet, TRANSPORT + IcmpHeader.BYTES, quote);
    return packet;
  }

  @Test
  void believesAnEchoReplyToItsProbeOnly() {
    Probing echo = new Probing(SweepProbe.echo());
    MemorySegment reply = echo.probe(0);
    turnAround(reply);
    NetworkOrder.unsignedByte(reply, TRANSPORT + IcmpHeader.TYPE, IcmpType.ECHO_REPLY);

    assertThat(echo.believes(reply)).isTrue();
    assertThat(times).containsExactly(RTT);
    echo.assertEveryBitMatters(reply, Ipv4Header.SOURCE, 4);
    echo.assertEveryBitMatters(reply, TRANSPORT + IcmpHeader.IDENTIFIER, 4);
    echo.assertEveryBitMatters(reply, TRANSPORT + IcmpHeader.BYTES, ProbeWriter.ECHO_PAYLOAD_BYTES);
    assertThat(echo.believes(reply.asSlice(0, reply.byteSize() - 1))).isFalse();
    assertThat(tally.snapshot(0, 0).invalid()).isEqualTo(8 * (4 + 4 + 16) + 1);
  }

  @Test
  void believesErrorsThatQuoteAProbe() {
    Probing echo = new Probing(SweepProbe.echo());
    MemorySegment whole = error(echo.probe(0), IcmpHeader.BYTES + ProbeWriter.ECHO_PAYLOAD_BYTES);
    MemorySegment cut = error(echo.probe(0), IcmpHeader.BYTES);

    assertThat(echo.believes(whole)).isTrue();
    assertThat(echo.believes(cut)).isTrue();
    assertThat(times).containsExactly(RTT, SweepAnswer.UNKNOWN);
    int quoted = TRANSPORT + IcmpHeader.BYTES;
    for (MemorySegment each : List.of(whole, cut)) {
      echo.assertEveryBitMatters(each, quoted + Ipv4Header.IDENTIFICATION, 2);
      echo.assertEveryBitMatters(each, quoted + Ipv4Header.DESTINATION, 4);
      echo.assertEveryBitMatters(each, quoted + TRANSPORT + IcmpHeader.IDENTIFIER, 4);
    }
  }

  @Test
  void believesAnswersToASynThatCouldHaveBeenSentJustNow() {
    Probing syn = new Probing(SweepProbe.syn());
    MemorySegment answer = syn.probe(443);
    turnAround(answer);
    swapPorts(answer);
    int sequence = TcpHeader.sequence(answer, TRANSPORT);
    NetworkOrder.word(answer, TRANSPORT + TcpHeader.ACKNOWLEDGMENT, sequence + 1);
    NetworkOrder.unsignedByte(answer, TRANSPORT + TcpHeader.FLAGS, TcpHeader.RST | TcpHeader.ACK);

    assertThat(syn.believes(answer)).isTrue();
    assertThat(shown).containsExactly(Kind.RST);
    assertThat(times.getFirst()).isBetween(RTT, RTT + 1000);
    syn.assertEveryBitMatters(answer, Ipv4Header.SOURCE, 4);
    syn.assertEveryBitMatters(answer, TRANSPORT + TcpHeader.SOURCE_PORT, 4);
    syn.assertEveryBitMatters(answer, TRANSPORT + TcpHeader.ACKNOWLEDGMENT, 1);
    for (int seconds : new int[] {-1, 20}) { // from the future, and from too long ago
      int other = sequence + 1 - seconds * 1_000_000;
      NetworkOrder.word(answer, TRANSPORT + TcpHeader.ACKNOWLEDGMENT, other);
      assertThat(syn.believes(answer)).isFalse();
    }
  }

  @Test
  void believesUdpRepliesByTheirPorts() {
    Probing udp = new Probing(SweepProbe.udp(new byte[] {7}));
    MemorySegment reply = udp.probe(53);
    turnAround(reply);
    swapPorts(reply);

    assertThat(udp.believes(reply)).isTrue();
    assertThat(times).containsExactly(SweepAnswer.UNKNOWN);
    udp.assertEveryBitMatters(reply, TRANSPORT + UdpHeader.DESTINATION_PORT, 2);
  }
}
