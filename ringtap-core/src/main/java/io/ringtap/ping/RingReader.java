package io.ringtap.ping;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.Direction;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.PacketHandler;
import java.lang.foreign.MemorySegment;

/// Tells the packets of a cooked ring apart and shows them to the judge: departures, replies,
/// errors.
final class RingReader implements PacketHandler {
  private final ProbeJudge judge;
  private final IdentifierBlock identifiers;

  RingReader(ProbeJudge judge, IdentifierBlock identifiers) {
    this.judge = judge;
    this.identifiers = identifiers;
  }

  @Override
  public void onPacket(Frame packet) {
    MemorySegment ring = packet.memory();
    long ip = packet.offset();
    long end = ip + packet.caplen();
    boolean departing = packet.direction() == Direction.OUTGOING;
    // The sender's own machine may leave the sum to hardware, or to nobody on a virtual link.
    boolean summed = packet.isChecksumMissing();
    long stamp = packet.epochNanos();
    if (packet.protocol() == EtherType.IPV4) {
      ipv4(ring, ip, end, departing, summed, stamp);
    } else {
      ipv6(ring, ip, end, departing, summed, stamp);
    }
  }

  private void ipv4(
      MemorySegment ring, long ip, long caught, boolean departing, boolean summed, long stamp) {
    if (!Ipv4Header.isWhole(ring, ip, caught)) {
      return;
    }
    long icmp = ip + Ipv4Header.headerLength(ring, ip);
    // What follows the packet is Ethernet's padding; what the filter cut off is not there.
    long end = Math.min(caught, ip + Ipv4Header.totalLength(ring, ip));
    if (!IcmpHeader.isWhole(ring, icmp, end)) {
      return;
    }
    if (departing) {
      long target = ProbeTable.ipv4(Ipv4Header.destination(ring, ip));
      judge.onDeparture(identifiers, ring, icmp, end, 0, target, stamp);
      return;
    }
    long source = ProbeTable.ipv4(Ipv4Header.source(ring, ip));
    if (IcmpHeader.type(ring, icmp) == IcmpType.ECHO_REPLY) {
      int hopLimit = Ipv4Header.timeToLive(ring, ip);
      judge.onReply(identifiers, ring, icmp, end, 0, source, summed, 0, hopLimit, stamp);
    } else {
      judge.onError(identifiers, ring, icmp, end, 0, source, stamp);
    }
  }

  private void ipv6(
      MemorySegment ring, long ip, long caught, boolean departing, boolean summed, long stamp) {
    if (!Ipv6Header.isWhole(ring, ip, caught)) {
      return;
    }
    long icmp = ip + Ipv6Header.BYTES;
    long end = Math.min(caught, icmp + Ipv6Header.payloadLength(ring, ip));
    if (Ipv6Header.nextHeader(ring, ip) != IpProtocol.ICMPV6) {
      icmp += EchoFilter.FRAGMENT_HEADER_BYTES; // the filter passes nothing else
    }
    if (!IcmpHeader.isWhole(ring, icmp, end)) {
      return;
    }
    long targetHigh = Ipv6Header.destinationHigh(ring, ip);
    long targetLow = Ipv6Header.destinationLow(ring, ip);
    if (departing) {
      judge.onDeparture(identifiers, ring, icmp, end, targetHigh, targetLow, stamp);
      return;
    }
    long sourceHigh = Ipv6Header.sourceHigh(ring, ip);
    long sourceLow = Ipv6Header.sourceLow(ring, ip);
    if (IcmpHeader.type(ring, icmp) == Icmpv6Type.ECHO_REPLY) {
      long pseudo =
          Checksum.pseudoHeader(
              sourceHigh, sourceLow, targetHigh, targetLow, IpProtocol.ICMPV6, (int) (end - icmp));
      int hopLimit = Ipv6Header.hopLimit(ring, ip);
      judge.onReply(
          identifiers, ring, icmp, end, sourceHigh, sourceLow, summed, pseudo, hopLimit, stamp);
    } else {
      judge.onError(identifiers, ring, icmp, end, sourceHigh, sourceLow, stamp);
    }
  }
}
