package io.ringtap.trace.engine;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reads what answers say of probes. A probe is known by its payload, where that is quoted; else by
/// what the table at [ProbePacket] says, IPv4's identification first, for a NAT changes the
/// checksum of UDP.
final class AnswerParser {
  private final ProbeIdentity identity;
  private final boolean ipv6;

  AnswerParser(ProbeIdentity identity, boolean ipv6) {
    this.identity = identity;
    this.ipv6 = ipv6;
  }

  /// Reads an ICMP message from its ICMP header on.
  ///
  /// @return null if it is not about one of our probes
  @Nullable Answer icmp(MemorySegment memory, long icmp, long end, Arrival arrival) {
    if (!IcmpHeader.isWhole(memory, icmp, end)) {
      return null;
    }
    int type = IcmpHeader.type(memory, icmp);
    if (type == (ipv6 ? Icmpv6Type.ECHO_REPLY : IcmpType.ECHO_REPLY)) {
      boolean isOurs =
          identity.protocol() == IpProtocol.ICMP
              && identity.isOurs(IcmpHeader.identifier(memory, icmp))
              && isTagged(memory, icmp, end);
      int number = isOurs ? IcmpHeader.sequence(memory, icmp) : 0;
      return isOurs ? answer(number, arrival.from(), null, arrival) : null;
    }
    boolean isQuoting = ipv6 ? Icmpv6Type.isQuoting(type) : IcmpType.isQuoting(type);
    return isQuoting ? error(memory, icmp, end, arrival) : null;
  }

  /// Reads what a destination has sent to one of our ports, from its TCP header on.
  ///
  /// @return null if it does not acknowledge one of our probes
  @Nullable Answer tcp(MemorySegment memory, long tcp, long end, Arrival arrival) {
    if (!TcpHeader.isWhole(memory, tcp, end)
        || TcpHeader.sourcePort(memory, tcp) != identity.port()) {
      return null;
    }
    int sequence = TcpHeader.acknowledgment(memory, tcp) - 1;
    boolean isOurs = (sequence ^ identity.tag()) >>> 16 == 0;
    return isOurs ? answer(sequence & 0xffff, arrival.from(), null, arrival) : null;
  }

  private static Answer answer(
      int number, IpAddress target, Answer.@Nullable IcmpError error, Arrival arrival) {
    return new Answer(number, arrival.from(), target, error, arrival.hopLimit(), arrival.stamp());
  }

  private @Nullable Answer error(MemorySegment memory, long icmp, long end, Arrival arrival) {
    long ip = icmp + IcmpHeader.BYTES;
    boolean isWhole =
        ipv6 ? Ipv6Header.isWhole(memory, ip, end) : Ipv4Header.isWholeQuoted(memory, ip, end);
    if (!isWhole) {
      return null;
    }
    long transport = ip + (ipv6 ? Ipv6Header.BYTES : Ipv4Header.headerLength(memory, ip));
    int number = end - transport < UdpHeader.BYTES ? 0 : number(memory, ip, transport, end);
    if (number == 0) {
      return null;
    }
    IpAddress target =
        ipv6
            ? IpAddress.ofIpv6(
                Ipv6Header.destinationHigh(memory, ip), Ipv6Header.destinationLow(memory, ip))
            : IpAddress.ofIpv4(Ipv4Header.destination(memory, ip));
    return answer(number, target, quoted(memory, icmp, transport, end), arrival);
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

  private Answer.IcmpError quoted(MemorySegment memory, long icmp, long transport, long end) {
    long ip = icmp + IcmpHeader.BYTES;
    int type = IcmpHeader.type(memory, icmp);
    int code = IcmpHeader.code(memory, icmp);
    int mtu = 0;
    if (ipv6 && Icmpv6Type.hasMtu(type)) {
      mtu = (int) IcmpHeader.mtu(memory, icmp);
    } else if (!ipv6 && IcmpType.hasMtu(type, code)) {
      mtu = IcmpHeader.nextHopMtu(memory, icmp);
    }
    boolean isIcmp = identity.protocol() == IpProtocol.ICMP;
    int checksum =
        switch (identity.protocol()) {
          case IpProtocol.TCP -> -1; // behind the eight bytes that are sure to be quoted
          case IpProtocol.UDP -> UdpHeader.checksum(memory, transport);
          default -> IcmpHeader.checksum(memory, transport);
        };
    return new Answer.IcmpError(
        type,
        code,
        mtu,
        Extensions.labels(memory, icmp, end, ipv6),
        ipv6 ? Ipv6Header.hopLimit(memory, ip) : Ipv4Header.timeToLive(memory, ip),
        ipv6 ? Ipv6Header.trafficClass(memory, ip) : Ipv4Header.typeOfService(memory, ip),
        ipv6
            ? IpAddress.ofIpv6(Ipv6Header.sourceHigh(memory, ip), Ipv6Header.sourceLow(memory, ip))
            : IpAddress.ofIpv4(Ipv4Header.source(memory, ip)),
        isIcmp ? IcmpHeader.identifier(memory, transport) : UdpHeader.sourcePort(memory, transport),
        checksum);
  }

  /// How an answer has come.
  ///
  /// @param hopLimit that it came with; 0 if unknown
  /// @param stamp in nanoseconds since the epoch; 0 if it has none
  record Arrival(IpAddress from, int hopLimit, long stamp) {}
}
