package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.anyBit;
import static io.ringtap.filter.condition.Conditions.atLeast;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.greater;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.oneOf;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.UdpHeader;
import org.jspecify.annotations.Nullable;

/// Ports of TCP, UDP and SCTP, which all have them at the same place.
///
/// @param transport the one protocol to look at, of [IpProtocol]; [#ANY] for all three
/// @param first the least port that is wanted
/// @param last the greatest
/// @param isRange whether the text has a range, if only of one port: that is two tests, which stay
///   in the order of the text where `port` is one that may be grouped with others
record Ports(int transport, int first, int last, boolean isRange) {
  static final int ANY = -1;
  static final int MAX = 65_535;
  static final int DESTINATION = UdpHeader.DESTINATION_PORT; // as of TCP and SCTP

  private static final int SOURCE = UdpHeader.SOURCE_PORT;

  /// As libpcap does, IPv6 first, and after the IPv6 header without extension headers.
  Condition condition(@Nullable Direction direction, Headers headers, int position) {
    Place network = headers.network();
    Condition ipv6 =
        and(
            headers.carries(EtherType.IPV6, position),
            isTransport(network.load(1, Ipv6Header.NEXT_HEADER)),
            ends(direction, network.plus(Ipv6Header.BYTES)));
    Condition ipv4 =
        and(
            headers.carries(EtherType.IPV4, position),
            isTransport(network.load(1, Ipv4Header.PROTOCOL)),
            and(isFirstFragment(network), ends(direction, network.afterIpv4())));
    return or(ipv6, ipv4);
  }

  /// Whether an IPv4 packet is whole, or the fragment that has the transport header.
  static Condition isFirstFragment(Place network) {
    return not(anyBit(network.load(2, Ipv4Header.FRAGMENT), Ipv4Header.FRAGMENT_OFFSET));
  }

  private Condition isTransport(Value protocol) {
    return transport == ANY
        ? oneOf(protocol, IpProtocol.SCTP, IpProtocol.TCP, IpProtocol.UDP)
        : equal(protocol, transport);
  }

  private Condition ends(@Nullable Direction direction, Place header) {
    return Hosts.ends(direction, SOURCE, DESTINATION, at -> isWanted(header.load(2, at)));
  }

  private Condition isWanted(Value port) {
    return isRange ? and(atLeast(port, first), not(greater(port, last))) : equal(port, first);
  }
}
