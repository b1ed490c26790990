package io.ringtap.packet;

/// ICMPv6 message types (RFC 4443; IANA registry).
public final class Icmpv6Type {
  /// A router or the destination could not deliver a packet; the code says why (RFC 4443 §3.1).
  public static final int DESTINATION_UNREACHABLE = 1;

  /// A packet is larger than the next link's MTU, which the header carries (RFC 4443 §3.2).
  public static final int PACKET_TOO_BIG = 2;

  /// The hop limit ran out (code 0), or the time to reassemble fragments did (code 1; RFC 4443
  /// §3.3).
  public static final int TIME_EXCEEDED = 3;

  /// A packet was dropped for a fault in a header (RFC 4443 §3.4).
  public static final int PARAMETER_PROBLEM = 4;

  /// A ping: the receiver is to send an [echo reply][#ECHO_REPLY] (RFC 4443 §4.1).
  public static final int ECHO_REQUEST = 128;

  /// The answer to an [echo request][#ECHO_REQUEST], with its identifier, sequence and data (RFC
  /// 4443 §4.2).
  public static final int ECHO_REPLY = 129;

  /// A host asks routers to send a [#ROUTER_ADVERTISEMENT] at once (RFC 4861 §4.1).
  public static final int ROUTER_SOLICITATION = 133;

  /// A router says that it is there, with its prefixes and parameters (RFC 4861 §4.2).
  public static final int ROUTER_ADVERTISEMENT = 134;

  /// A host asks for the link-layer address of a neighbor (RFC 4861 §4.3).
  public static final int NEIGHBOR_SOLICITATION = 135;

  /// A host gives its link-layer address, asked or not (RFC 4861 §4.4).
  public static final int NEIGHBOR_ADVERTISEMENT = 136;

  /// A router names a better first hop (RFC 4861 §4.5).
  public static final int REDIRECT = 137;

  private Icmpv6Type() {}

  /// Whether a message of `type` quotes the packet that it is about: every error does, and errors
  /// are the types below 128 (RFC 4443 §2.1, §2.4c).
  public static boolean isQuoting(int type) {
    return type < 128;
  }

  /// Whether a message reports an MTU ([IcmpHeader#mtu]).
  public static boolean hasMtu(int type) {
    return type == PACKET_TOO_BIG;
  }

  /// Describes a message in the words that `ping` prints.
  public static String description(int type, int code) {
    return switch (type) {
      case DESTINATION_UNREACHABLE -> "Destination unreachable: " + unreachable(code);
      case PACKET_TOO_BIG -> "Packet too big";
      case TIME_EXCEEDED ->
          switch (code) {
            case 0 -> "Time exceeded: Hop limit";
            case 1 -> "Time exceeded: Defragmentation failure";
            default -> "Time exceeded, code " + code;
          };
      case PARAMETER_PROBLEM ->
          switch (code) {
            case 0 -> "Parameter problem: Wrong header field";
            case 1 -> "Parameter problem: Unknown header";
            case 2 -> "Parameter problem: Unknown option";
            default -> "Parameter problem, code " + code;
          };
      case ECHO_REQUEST -> "Echo request";
      case ECHO_REPLY -> "Echo reply";
      default -> "ICMPv6 type " + type + " code " + code;
    };
  }

  private static String unreachable(int code) {
    return switch (code) {
      case 0 -> "No route";
      case 1 -> "Administratively prohibited";
      case 2 -> "Beyond scope of source address";
      case 3 -> "Address unreachable";
      case 4 -> "Port unreachable";
      case 5 -> "Source address failed ingress/egress policy";
      case 6 -> "Reject route to destination";
      default -> "code " + code;
    };
  }
}
