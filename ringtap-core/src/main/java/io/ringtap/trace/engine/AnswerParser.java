package io.ringtap.trace.engine;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.MemorySegment;

/// Reads what answers say of probes. A probe is known by its payload, where that is quoted; else by
/// what the table at [ProbePacket] says, IPv4's identification first, for a NAT changes the
/// checksum of UDP. One thread uses it.
final class AnswerParser {
  private final ProbeIdentity identity;
  private final boolean ipv6;
  private final Answer answer = new Answer();

  AnswerParser(ProbeIdentity identity, boolean ipv6) {
    this.identity = identity;
    this.ipv6 = ipv6;
    answer.isIpv6 = ipv6;
  }

  /// What the latest packet that was about one of our probes says. It lasts until the next.
  Answer answer() {
    return answer;
  }

  /// A packet has come: what is read next is in it.
  void begin(long fromHigh, long fromLow, int hopLimit, long stamp) {
    answer.begin(fromHigh, fromLow, hopLimit, stamp);
  }

  /// Reads an ICMP message from its ICMP header on.
  ///
  /// @return whether it is about one of our probes
  boolean icmp(MemorySegment memory, long icmp, long end) {
    if (!IcmpHeader.isWhole(memory, icmp, end)) {
      return false;
    }
    int type = IcmpHeader.type(memory, icmp);
    if (type == (ipv6 ? Icmpv6Type.ECHO_REPLY : IcmpType.ECHO_REPLY)) {
      boolean isOurs =
          identity.protocol() == IpProtocol.ICMP
              && identity.isOurs(IcmpHeader.identifier(memory, icmp))
              && isTagged(memory, icmp, end);
      answer.isReplyTo(IcmpHeader.sequence(memory, icmp));
      return isOurs;
    }
    boolean isQuoting = ipv6 ? Icmpv6Type.isQuoting(type) : IcmpType.isQuoting(type);
    return isQuoting && error(memory, icmp, end);
  }

  /// Reads what a destination has sent to one of our ports, from its TCP header on.
  ///
  /// @return whether it acknowledges one of our probes
  boolean tcp(MemorySegment memory, long tcp, long end) {
    if (!TcpHeader.isWhole(memory, tcp, end)
        || TcpHeader.sourcePort(memory, tcp) != identity.port()) {
      return false;
    }
    int sequence = TcpHeader.acknowledgment(memory, tcp) - 1;
    answer.isReplyTo(sequence & 0xffff);
    return (sequence ^ identity.tag()) >>> 16 == 0;
  }

  private boolean error(MemorySegment memory, long icmp, long end) {
    long ip = icmp + IcmpHeader.BYTES;
    boolean isWhole =
        ipv6 ? Ipv6Header.isWhole(memory, ip, end) : Ipv4Header.isWholeQuoted(memory, ip, end);
    if (!isWhole) {
      return false;
    }
    long transport = ip + (ipv6 ? Ipv6Header.BYTES : Ipv4Header.headerLength(memory, ip));
    answer.number = end - transport < UdpHeader.BYTES ? 0 : number(memory, ip, transport, end);
    if (answer.number == 0) {
      return false;
    }
    answer.isError = true;
    answer.type = IcmpHeader.type(memory, icmp);
    answer.code = IcmpHeader.code(memory, icmp);
    if (ipv6 && Icmpv6Type.hasMtu(answer.type)) {
      answer.mtu = (int) IcmpHeader.mtu(memory, icmp);
    } else if (!ipv6 && IcmpType.hasMtu(answer.type, answer.code)) {
      answer.mtu = IcmpHeader.nextHopMtu(memory, icmp);
    }
    Extensions.addLabels(answer, memory, icmp, end);
    quotedIp(memory, ip);
    quotedTransport(memory, transport);
    return true;
  }

  /// The number of the quoted probe; 0 if it is not ours.
  private int number(MemorySegment memory, long ip, long transport, long end) {
    int protocol = ipv6 ? Ipv6Header.nextHeader(memory, ip) : Ipv4Header.protocol(memory, ip);
    int expected =
        ipv6 && identity.protocol() == IpProtocol.ICMP ? IpProtocol.ICMPV6 : identity.protocol();
    if (protocol != expected) {
      return 0;
    }
    int byIp = ipv6 ? 0 : Ipv4Header.identification(memory, ip);
    return switch (protocol) {
      case IpProtocol.TCP -> {
        int sequence = TcpHeader.sequence(memory, transport);
        boolean isOurs = (sequence ^ identity.tag()) >>> 16 == 0;
        yield isOurs ? sequence & 0xffff : isToPort(memory, transport) ? byIp : 0;
      }
      case IpProtocol.UDP -> {
        if (isTagged(memory, transport, end)) {
          yield tagged(memory, transport);
        }
        int bySum = ipv6 ? UdpHeader.checksum(memory, transport) : byIp;
        yield isToPort(memory, transport) ? bySum : 0;
      }
      default -> {
        int request = ipv6 ? Icmpv6Type.ECHO_REQUEST : IcmpType.ECHO_REQUEST;
        boolean isRequest = IcmpHeader.type(memory, transport) == request;
        boolean isOurs =
            identity.isOurs(IcmpHeader.identifier(memory, transport))
                || isTagged(memory, transport, end);
        yield isRequest && isOurs ? IcmpHeader.sequence(memory, transport) : 0;
      }
    };
  }

  private boolean isToPort(MemorySegment memory, long transport) {
    return UdpHeader.destinationPort(memory, transport) == identity.port();
  }

  private boolean isTagged(MemorySegment memory, long transport, long end) {
    return end - transport >= UdpHeader.BYTES + ProbePacket.NUMBER + Short.BYTES
        && NetworkOrder.word(memory, transport + UdpHeader.BYTES) == identity.tag();
  }

  private static int tagged(MemorySegment memory, long transport) {
    return NetworkOrder.unsignedShort(memory, transport + UdpHeader.BYTES + ProbePacket.NUMBER);
  }

  private void quotedIp(MemorySegment memory, long ip) {
    if (ipv6) {
      answer.targetHigh = Ipv6Header.destinationHigh(memory, ip);
      answer.targetLow = Ipv6Header.destinationLow(memory, ip);
      answer.quotedSourceHigh = Ipv6Header.sourceHigh(memory, ip);
      answer.quotedSourceLow = Ipv6Header.sourceLow(memory, ip);
      answer.quotedHopLimit = Ipv6Header.hopLimit(memory, ip);
      answer.quotedTrafficClass = Ipv6Header.trafficClass(memory, ip);
    } else {
      answer.targetHigh = 0;
      answer.targetLow = Integer.toUnsignedLong(Ipv4Header.destination(memory, ip));
      answer.quotedSourceLow = Integer.toUnsignedLong(Ipv4Header.source(memory, ip));
      answer.quotedHopLimit = Ipv4Header.timeToLive(memory, ip);
      answer.quotedTrafficClass = Ipv4Header.typeOfService(memory, ip);
    }
  }

  private void quotedTransport(MemorySegment memory, long transport) {
    answer.quotedFlow =
        identity.protocol() == IpProtocol.ICMP
            ? IcmpHeader.identifier(memory, transport)
            : UdpHeader.sourcePort(memory, transport);
    answer.quotedChecksum =
        switch (identity.protocol()) {
          case IpProtocol.TCP -> -1; // after the eight bytes that are sure to be quoted
          case IpProtocol.UDP -> UdpHeader.checksum(memory, transport);
          default -> IcmpHeader.checksum(memory, transport);
        };
  }
}
