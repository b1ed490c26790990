package io.ringtap.packet;

/// ICMPv6 message types (RFC 4443; IANA registry).
public final class Icmpv6Type {
  public static final int DESTINATION_UNREACHABLE = 1;
  public static final int PACKET_TOO_BIG = 2;
  public static final int TIME_EXCEEDED = 3;
  public static final int PARAMETER_PROBLEM = 4;
  public static final int ECHO_REQUEST = 128;
  public static final int ECHO_REPLY = 129;

  /// Neighbour discovery (RFC 4861 §4).
  public static final int ROUTER_SOLICITATION = 133;

  public static final int ROUTER_ADVERTISEMENT = 134;
  public static final int NEIGHBOR_SOLICITATION = 135;
  public static final int NEIGHBOR_ADVERTISEMENT = 136;
  public static final int REDIRECT = 137;

  private Icmpv6Type() {}

  /// Whether a message of `type` quotes the packet that it is about: every error does, and errors
  /// are the types below 128 (RFC 4443 §2.1, §2.4c).
  public static boolean isQuoting(int type) {
    return type < 128;
  }

  /// What a message says, in the words that users of `ping` know.
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
