package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Assign;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.condition.Value.Variable;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import java.util.OptionalLong;

/// Frames in datagrams of UDP. How long the headers before one are differs from packet to packet,
/// so that variables say where its parts begin.
final class Tunnels {
  private static final int MAX_VNI = 0xFF_FFFF;
  private static final int UDP_BYTES = 8;
  private static final int GENEVE_PORT = 6081; // RFC 8926
  private static final int VXLAN_PORT = 4789; // RFC 7348
  private static final int VXLAN_BYTES = 8;
  private static final int VXLAN_FLAGS = 0x08; // with a VNI, and nothing else

  private final Headers headers;
  private final Variables variables;

  Tunnels(Headers headers, Variables variables) {
    this.headers = headers;
    this.variables = variables;
  }

  /// A Geneve packet, and the frame or packet in it.
  ///
  /// ```
  /// |Ver|  Opt Len  |O|C|    Rsvd.  |          Protocol Type        |
  /// |        Virtual Network Identifier (VNI)       |    Reserved   |
  /// |                    options, 4 bytes each ...                 |
  /// ```
  Condition geneve(OptionalLong vni, int position) {
    int wanted = Encapsulations.checked(vni, MAX_VNI, "Geneve VNI", position);
    Variable length = variables.next(); // of the IP header
    Condition isGeneve =
        inDatagram(
            GENEVE_PORT,
            length,
            position,
            header ->
                and(
                    masked(header.load(1, 0), 0xC0, 0), // version 0
                    vni.isPresent()
                        ? masked(header.load(4, 4), MAX_VNI << 8, wanted << 8)
                        : Conditions.ALWAYS));
    Place geneve = afterUdp(headers.network(), length);
    Variable frame = variables.next();
    Variable type = variables.next();
    Variable payload = variables.next();
    Value optionBytes =
        new Operation(
            Operator.MULTIPLY,
            new Operation(Operator.AND, geneve.load(1, 0), new Constant(0x3F)),
            new Constant(4));
    Condition places =
        and(
            new Assign(
                frame.number(), new Operation(Operator.ADD, optionBytes, geneve.plus(8).value())),
            or(
                and(
                    equal(geneve.load(2, 2), LinkProtocol.ETHERNET),
                    new Assign(type.number(), sum(frame, LinkHeader.Ethernet.TYPE)),
                    new Assign(payload.number(), sum(frame, LinkHeader.Ethernet.BYTES))),
                and(
                    new Assign(type.number(), geneve.plus(2).value()),
                    new Assign(payload.number(), frame))));
    headers.push(
        new LinkHeader.Ethernet(), new Place(frame, 0), new Place(type, 0), new Place(payload, 0));
    headers.hasLinkHeader = not(new Condition.Compare(frame, Condition.Relation.EQUAL, payload));
    return and(isGeneve, places);
  }

  /// A VXLAN packet, and the frame in it.
  Condition vxlan(OptionalLong vni, int position) {
    int wanted = Encapsulations.checked(vni, MAX_VNI, "VXLAN VNI", position);
    Variable length = variables.next(); // of the IP header
    Condition isVxlan =
        inDatagram(
            VXLAN_PORT,
            length,
            position,
            header ->
                and(
                    equal(header.load(1, 0), VXLAN_FLAGS),
                    vni.isPresent()
                        ? masked(header.load(4, 4), MAX_VNI << 8, wanted << 8)
                        : Conditions.ALWAYS));
    Place frame = afterUdp(headers.network(), length).plus(VXLAN_BYTES);
    headers.push(
        new LinkHeader.Ethernet(),
        frame,
        frame.plus(LinkHeader.Ethernet.TYPE),
        frame.plus(LinkHeader.Ethernet.BYTES));
    return isVxlan;
  }

  /// A header after UDP.
  private interface HeaderTest {
    Condition at(Place header);
  }

  /// Whether the packet is a datagram to a port, of IPv4 or of IPv6 without extension headers, with
  /// a header that passes the test; then `length` is that of its IP header, after which all is the
  /// same for both.
  private Condition inDatagram(int port, Variable length, int position, HeaderTest test) {
    Place network = headers.network();
    Place udp4 = network.afterIpv4();
    Place udp6 = network.plus(Ipv6Header.BYTES);
    Condition ipv4 =
        and(
            and(
                headers.carries(EtherType.IPV4, position),
                equal(network.load(1, Ipv4Header.PROTOCOL), IpProtocol.UDP),
                Ports.isFirstFragment(network)),
            equal(udp4.load(2, Ports.DESTINATION), port),
            and(test.at(udp4.plus(UDP_BYTES)), new Assign(length.number(), udp4.index())));
    Value length6 =
        network.isKnown()
            ? new Constant(Ipv6Header.BYTES)
            : new Operation(Operator.ADD, network.index(), new Constant(Ipv6Header.BYTES));
    Condition ipv6 =
        and(
            and(
                headers.carries(EtherType.IPV6, position),
                equal(network.load(1, Ipv6Header.NEXT_HEADER), IpProtocol.UDP)),
            equal(udp6.load(2, Ports.DESTINATION), port),
            and(test.at(udp6.plus(UDP_BYTES)), new Assign(length.number(), length6)));
    return or(ipv4, ipv6);
  }

  private static Place afterUdp(Place network, Variable length) {
    return new Place(length, network.offset() + UDP_BYTES);
  }

  private static Value sum(Variable variable, int bytes) {
    return new Operation(Operator.ADD, variable, new Constant(bytes));
  }
}
