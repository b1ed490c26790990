package io.ringtap.packet;

/// What an IP packet carries: the protocol field of IPv4, the next header of IPv6 (IANA registry).
public final class IpProtocol {
  /// Hop-by-hop options of IPv6; see [Ipv6Extension].
  public static final int HOP_BY_HOP = 0;

  /// ICMP of IPv4 (RFC 792); see [IcmpHeader].
  public static final int ICMP = 1;

  /// Internet Group Management Protocol: the multicast groups of IPv4 hosts (RFC 3376).
  public static final int IGMP = 2;

  /// An IPv4 packet.
  public static final int IPV4 = 4;

  /// TCP (RFC 9293); see [TcpHeader].
  public static final int TCP = 6;

  /// UDP (RFC 768); see [UdpHeader].
  public static final int UDP = 17;

  /// Datagram Congestion Control Protocol (RFC 4340).
  public static final int DCCP = 33;

  /// An IPv6 packet.
  public static final int IPV6 = 41;

  /// The routing header of IPv6; see [Ipv6Extension].
  public static final int ROUTING = 43;

  /// The fragment header of IPv6; see [Ipv6Extension].
  public static final int FRAGMENT = 44;

  /// Generic Routing Encapsulation: a tunnel (RFC 2784).
  public static final int GRE = 47;

  /// Encapsulating Security Payload of IPsec; what follows is encrypted (RFC 4303).
  public static final int ESP = 50;

  /// The authentication header (RFC 4302), in IPv6 an extension header.
  public static final int AH = 51;

  /// ICMP of IPv6 (RFC 4443); see [IcmpHeader].
  public static final int ICMPV6 = 58;

  /// Nothing follows (RFC 8200 §4.7).
  public static final int NO_NEXT_HEADER = 59;

  /// Destination options of IPv6; see [Ipv6Extension].
  public static final int DESTINATION_OPTIONS = 60;

  /// Open Shortest Path First: routing (RFC 2328, RFC 5340).
  public static final int OSPF = 89;

  /// Protocol Independent Multicast: multicast routing (RFC 7761).
  public static final int PIM = 103;

  /// Virtual Router Redundancy Protocol (RFC 9568).
  public static final int VRRP = 112;

  /// Stream Control Transmission Protocol (RFC 9260).
  public static final int SCTP = 132;

  /// UDP with a checksum that may cover only part of the payload (RFC 3828).
  public static final int UDP_LITE = 136;

  private IpProtocol() {}

  /// Whether a header of `protocol` begins with a source port and a destination port of two bytes
  /// each.
  public static boolean hasPorts(int protocol) {
    return switch (protocol) {
      case TCP, UDP, DCCP, SCTP, UDP_LITE -> true;
      default -> false;
    };
  }

  /// The name that `tcpdump -v` prints, or `unknown`.
  public static String word(int protocol) {
    return switch (protocol) {
      case HOP_BY_HOP -> "Options";
      case ICMP -> "ICMP";
      case IGMP -> "IGMP";
      case IPV4 -> "IPIP";
      case TCP -> "TCP";
      case 8 -> "EGP";
      case 9 -> "IGRP";
      case UDP -> "UDP";
      case DCCP -> "DCCP";
      case IPV6 -> "IPv6";
      case ROUTING -> "Routing";
      case FRAGMENT -> "Fragment";
      case 46 -> "RSVP";
      case GRE -> "GRE";
      case ESP -> "ESP";
      case AH -> "AH";
      case 55 -> "Mobile IP";
      case ICMPV6 -> "ICMPv6";
      case NO_NEXT_HEADER -> "no next header";
      case DESTINATION_OPTIONS -> "Options";
      case 88 -> "EIGRP";
      case OSPF -> "OSPF";
      case PIM -> "PIM";
      case 108 -> "Compressed IP";
      case VRRP -> "VRRP";
      case 113 -> "PGM";
      case SCTP -> "SCTP";
      case 135 -> "Mobility";
      case 143 -> "Ethernet";
      default -> "unknown";
    };
  }
}
