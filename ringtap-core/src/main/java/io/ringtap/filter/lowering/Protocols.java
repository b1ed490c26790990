package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.atLeast;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.greater;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.oneOf;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import org.jspecify.annotations.Nullable;

/// What a header says that it carries, by name or number.
final class Protocols {

  private static final int IGRP = 9;
  private static final int ESIS = 0x82; // ISO 9542
  private static final int ISIS = 0x83; // ISO 10589
  private static final int CLNP = 0x81; // ISO 8473

  /// The greatest type of a PDU of IS-IS, which has five bits.
  static final int MAX_ISIS_PDU = 0x1F;

  private final Headers headers;

  Protocols(Headers headers) {
    this.headers = headers;
  }

  /// Whether the packet is one of the protocol that a word names.
  Condition named(ProtocolWord word, int position) {
    return switch (word) {
      case IP -> headers.carries(EtherType.IPV4, position);
      case IP6 -> headers.carries(EtherType.IPV6, position);
      case ARP -> headers.carries(EtherType.ARP, position);
      case RARP -> headers.carries(LinkProtocol.RARP, position);
      case DECNET -> headers.carries(LinkProtocol.DECNET, position);
      case ATALK -> headers.carries(LinkProtocol.ATALK, position);
      case AARP -> headers.carries(LinkProtocol.AARP, position);
      case LAT -> headers.carries(LinkProtocol.LAT, position);
      case MOPRC -> headers.carries(LinkProtocol.MOPRC, position);
      case MOPDL -> headers.carries(LinkProtocol.MOPDL, position);
      case SCA -> headers.carries(LinkProtocol.SCA, position);
      case STP -> headers.carries(LinkProtocol.SAP_STP, position);
      case IPX -> headers.carries(LinkProtocol.SAP_IPX, position);
      case NETBEUI -> headers.carries(LinkProtocol.SAP_NETBEUI, position);
      case ISO -> headers.carries(LinkProtocol.SAP_ISO, position);
      case TCP -> ofIp(IpProtocol.TCP, position);
      case UDP -> ofIp(IpProtocol.UDP, position);
      case SCTP -> ofIp(IpProtocol.SCTP, position);
      case PIM -> ofIp(IpProtocol.PIM, position);
      case AH -> ofIp(IpProtocol.AH, position);
      case ESP -> ofIp(IpProtocol.ESP, position);
      case ICMP -> ofIpv4(IpProtocol.ICMP, position);
      case IGMP -> ofIpv4(IpProtocol.IGMP, position);
      case IGRP -> ofIpv4(IGRP, position);
      case VRRP, CARP -> ofIpv4(IpProtocol.VRRP, position);
      case ICMP6 -> ofIpv6(IpProtocol.ICMPV6, position);
      case ESIS -> ofIso(ESIS, position);
      case ISIS -> ofIso(ISIS, position);
      case CLNP -> ofIso(CLNP, position);
      // PDU types of ISO 10589: hellos of LANs of level 1 (15) and 2 (16) and of points (17), link
      // states (18, 20), complete (24, 25) and partial (26, 27) sequence numbers
      case L1 -> ofIsis(position, 26, 24, 18, 15, 17);
      case L2 -> ofIsis(position, 27, 25, 20, 16, 17);
      case IIH -> and(ofIso(ISIS, position), atLeast(isisType(), 15), not(greater(isisType(), 17)));
      case LSP -> ofIsis(position, 18, 20);
      case SNP -> and(ofIso(ISIS, position), masked(isisType(), 0x1C, 24));
      case CSNP -> and(ofIso(ISIS, position), masked(isisType(), 0x1E, 24));
      case PSNP -> and(ofIso(ISIS, position), masked(isisType(), 0x1E, 26));
      case ETHER, RADIO ->
          throw new ExpressionException(position, "'" + word.word() + "' by itself says nothing");
    };
  }

  /// Whether the packet is one of a protocol given by its number in the header of another.
  ///
  /// @param word the header that has the number; null for IP of either version
  Condition numbered(@Nullable ProtocolWord word, int number, int position) {
    return switch (word) {
      case null -> ofIp(number, position);
      case ETHER -> headers.carries(number, position);
      case IP -> ofIpv4(number, position);
      case IP6 -> ofIpv6(number, position);
      case ISO -> ofIso(number, position);
      case ISIS -> ofIsis(position, number);
      default -> throw Hosts.misplaced(word, "proto", position);
    };
  }

  /// Whether a chain of headers has one of a protocol.
  Condition chained(@Nullable ProtocolWord word, int number, int position) {
    return switch (word) {
      case null -> or(chain(4, number, position), chain(6, number, position));
      case IP -> chain(4, number, position);
      case IP6 -> chain(6, number, position);
      default -> throw Hosts.misplaced(word, "protochain", position);
    };
  }

  private Condition chain(int version, int number, int position) {
    return and(
        headers.carries(version == 4 ? EtherType.IPV4 : EtherType.IPV6, position),
        new Condition.Chain(version, headers.network().value(), number));
  }

  Condition ofIp(int protocol, int position) {
    return or(ofIpv4(protocol, position), ofIpv6(protocol, position));
  }

  private Condition ofIpv4(int protocol, int position) {
    return and(
        headers.carries(EtherType.IPV4, position),
        equal(headers.network().load(1, Ipv4Header.PROTOCOL), protocol));
  }

  /// Looks after the IPv6 header, and after one fragment header.
  private Condition ofIpv6(int protocol, int position) {
    return and(
        headers.carries(EtherType.IPV6, position),
        or(
            equal(headers.network().load(1, Ipv6Header.NEXT_HEADER), protocol),
            and(
                equal(headers.network().load(1, Ipv6Header.NEXT_HEADER), IpProtocol.FRAGMENT),
                equal(headers.network().load(1, Ipv6Header.BYTES), protocol))));
  }

  private Condition ofIso(int protocol, int position) {
    return and(
        headers.carries(LinkProtocol.SAP_ISO, position), equal(headers.osi().load(1, 0), protocol));
  }

  private Condition ofIsis(int position, int... types) {
    return and(ofIso(ISIS, position), oneOf(isisType(), types));
  }

  /// The type of a PDU of IS-IS, below three bits that are reserved.
  private Value isisType() {
    return new Value.Operation(
        Value.Operator.AND, headers.osi().load(1, 4), new Value.Constant(MAX_ISIS_PDU));
  }

  /// The number of an OSI protocol; null if it is not known.
  static @Nullable Integer isoNumber(String name) {
    return switch (name) {
      case "esis" -> ESIS;
      case "isis" -> ISIS;
      case "clnp" -> CLNP;
      default -> null;
    };
  }
}
