package io.ringtap.ping.engine.socket;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.Direction;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.PacketHandler;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeTable;
import java.lang.foreign.MemorySegment;

/// Classifies the packets of a cooked ring and passes them to the judge: departures, replies,
/// errors.
final class RingReader implements PacketHandler {
  private final ProbeJudge judge;
  private final EchoMessage message = new EchoMessage();

  RingReader(ProbeJudge judge, IdentifierBlock identifiers) {
    this.judge = judge;
    message.identifiers = identifiers;
  }

  @Override
  public void onPacket(Frame packet) {
    long ip = packet.offset();
    long end = ip + packet.caplen();
    boolean departing = packet.direction() == Direction.OUTGOING;
    message.memory = packet.memory();
    // The sender's own machine may leave the sum to hardware, or leave it out on a virtual link.
    message.isChecked = packet.isChecksumMissing();
    message.stamp = packet.epochNanos();
    if (packet.protocol() == EtherType.IPV4) {
      ipv4(ip, end, departing);
    } else {
      ipv6(ip, end, departing);
    }
  }

  private void ipv4(long ip, long caught, boolean departing) {
    MemorySegment ring = message.memory;
    if (!Ipv4Header.isWhole(ring, ip, caught)) {
      return;
    }
    message.icmp = ip + Ipv4Header.headerLength(ring, ip);
    // What follows the packet is Ethernet's padding; what the filter cut off is not there.
    message.end = Math.min(caught, ip + Ipv4Header.totalLength(ring, ip));
    if (!IcmpHeader.isWhole(ring, message.icmp, message.end)) {
      return;
    }
    if (departing) {
      message.targetHigh = 0;
      message.targetLow = ProbeTable.ipv4(Ipv4Header.destination(ring, ip));
      judge.onDeparture(message);
      return;
    }
    message.fromHigh = 0;
    message.fromLow = ProbeTable.ipv4(Ipv4Header.source(ring, ip));
    message.ip = ip;
    message.hopLimit = Ipv4Header.timeToLive(ring, ip);
    message.trafficClass = Ipv4Header.typeOfService(ring, ip);
    message.pseudoSum = 0;
    int type = IcmpHeader.type(ring, message.icmp);
    if (type == IcmpType.ECHO_REPLY || type == IcmpType.TIMESTAMP_REPLY) {
      judge.onReply(message);
    } else {
      judge.onError(message);
    }
  }

  private void ipv6(long ip, long caught, boolean departing) {
    MemorySegment ring = message.memory;
    if (!Ipv6Header.isWhole(ring, ip, caught)) {
      return;
    }
    long icmp = ip + Ipv6Header.BYTES;
    message.end = Math.min(caught, icmp + Ipv6Header.payloadLength(ring, ip));
    if (Ipv6Header.nextHeader(ring, ip) != IpProtocol.ICMPV6) {
      icmp += Ipv6Extension.MIN_BYTES; // the filter passes nothing else
    }
    message.icmp = icmp;
    if (!IcmpHeader.isWhole(ring, icmp, message.end)) {
      return;
    }
    message.targetHigh = Ipv6Header.destinationHigh(ring, ip);
    message.targetLow = Ipv6Header.destinationLow(ring, ip);
    if (departing) {
      judge.onDeparture(message);
      return;
    }
    message.fromHigh = Ipv6Header.sourceHigh(ring, ip);
    message.fromLow = Ipv6Header.sourceLow(ring, ip);
    message.ip = -1;
    message.hopLimit = Ipv6Header.hopLimit(ring, ip);
    message.trafficClass = Ipv6Header.trafficClass(ring, ip);
    message.pseudoSum =
        Checksum.pseudoHeader(
            message.fromHigh,
            message.fromLow,
            message.targetHigh,
            message.targetLow,
            IpProtocol.ICMPV6,
            (int) (message.end - icmp));
    if (IcmpHeader.type(ring, icmp) == Icmpv6Type.ECHO_REPLY) {
      judge.onReply(message);
    } else {
      judge.onError(message);
    }
  }
}
