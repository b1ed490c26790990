package io.ringtap.cli.fping;

import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;

/// ICMP errors by the names that fping has for them.
final class IcmpNames {
  private IcmpNames() {}

  /// The line on standard error about an error.
  ///
  /// @param from who sent it
  /// @param label the target as it stands in lines
  static String line(boolean isIpv6, int type, int code, Object from, CharSequence label) {
    return isIpv6
        ? "ICMPv6 "
            + ipv6(type, code)
            + " from "
            + from
            + " for ICMPv6 Echo Request sent to "
            + label
        : "ICMP " + ipv4(type, code) + " from " + from + " for ICMP Echo sent to " + label;
  }

  private static String ipv4(int type, int code) {
    return switch (type) {
      case IcmpType.DESTINATION_UNREACHABLE -> unreachable(code);
      case IcmpType.SOURCE_QUENCH -> "Source Quench";
      case IcmpType.REDIRECT -> "Redirect";
      case IcmpType.TIME_EXCEEDED -> "Time Exceeded";
      case IcmpType.PARAMETER_PROBLEM -> "Parameter Problem";
      default -> Integer.toString(type);
    };
  }

  private static String unreachable(int code) {
    return switch (code) {
      case 0 -> "Network Unreachable";
      case 1 -> "Host Unreachable";
      case 2 -> "Protocol Unreachable";
      case 3 -> "Port Unreachable";
      default -> "Unreachable (" + reason(code) + ')';
    };
  }

  private static String reason(int code) {
    return switch (code) {
      case IcmpType.CODE_FRAGMENTATION_NEEDED -> "Fragmentation Needed";
      case 5 -> "Source Route Failed";
      case 6 -> "Destination Network Unknown";
      case 7 -> "Destination Host Unknown";
      case 8 -> "Source Host Isolated";
      case 9 -> "Communication with Network Prohibited";
      case 10 -> "Communication with Host Prohibited";
      case 11 -> "Network Unreachable For Type Of Service";
      case 12 -> "Host Unreachable For Type Of Service";
      case 13 -> "Communication Administratively Prohibited";
      case 14 -> "Host Precedence Violation";
      case 15 -> "Precedence cutoff in effect";
      default -> "Invalid Code";
    };
  }

  private static String ipv6(int type, int code) {
    return switch (type) {
      case Icmpv6Type.DESTINATION_UNREACHABLE ->
          "Destination Unreachable ("
              + switch (code) {
                case 0 -> "No route to destination";
                case 1 -> "Communication with destination administratively prohibited";
                case 2 -> "Beyond scope of source address";
                case 3 -> "Address unreachable";
                case 4 -> "Port unreachable";
                case 5 -> "Source address failed ingress/egress policy";
                case 6 -> "Reject route to destination";
                case 7 -> "Error in Source Routing Header";
                case 8 -> "Headers too long";
                case 9 -> "Error in P-Route";
                default -> "Code " + code;
              }
              + ')';
      case Icmpv6Type.PACKET_TOO_BIG -> "Packet Too Big";
      case Icmpv6Type.TIME_EXCEEDED ->
          "Time Exceeded ("
              + switch (code) {
                case 0 -> "Hop limit exceeded in transit";
                case 1 -> "Fragment reassembly time exceeded";
                default -> "Code " + code;
              }
              + ')';
      case Icmpv6Type.PARAMETER_PROBLEM ->
          "Parameter Problem ("
              + switch (code) {
                case 0 -> "Erroneous header field encountered";
                case 1 -> "Unrecognized Next Header type encountered";
                case 2 -> "Unrecognized IPv6 option encountered";
                default -> "Code " + code;
              }
              + ')';
      default -> "Type " + type + " Code " + code;
    };
  }
}
