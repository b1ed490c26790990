package io.ringtap.monitor.metrics;

import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import java.util.Locale;

/// The words by which errors are counted: a bounded set, whatever a router sends.
final class ErrorWords {
  /// The kind of what is nothing that is known.
  static final short OTHER = 0;

  private static final int MAX_ERRNO = 133; // the last that Linux has

  private ErrorWords() {}

  /// What an ICMP error or an error number comes to as a number, for arrays: distinct where the
  /// word is.
  ///
  /// @param icmpType -1 if there was no ICMP error
  static short kind(boolean isIpv6, int icmpType, int icmpCode, int errno) {
    if (icmpType >= 0) {
      Icmp icmp = isIpv6 ? ofIcmpv6(icmpType, icmpCode) : ofIcmp(icmpType, icmpCode);
      return (short) -icmp.number;
    }
    return errno > 0 && errno <= MAX_ERRNO ? (short) errno : OTHER;
  }

  /// The word of a kind.
  static String word(short kind) {
    if (kind < 0) {
      return Icmp.of(-kind).word;
    }
    return kind == OTHER
        ? "other"
        : new Errno(kind).name().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static Icmp ofIcmp(int type, int code) {
    return switch (type) {
      case IcmpType.DESTINATION_UNREACHABLE ->
          switch (code) {
            case 0, 6, 11 -> Icmp.NET_UNREACHABLE;
            case 1, 7, 8, 12 -> Icmp.HOST_UNREACHABLE;
            case 2 -> Icmp.PROTOCOL_UNREACHABLE;
            case 3 -> Icmp.PORT_UNREACHABLE;
            case IcmpType.CODE_FRAGMENTATION_NEEDED -> Icmp.TOO_BIG;
            case 9, 10, 13 -> Icmp.PROHIBITED;
            default -> Icmp.UNREACHABLE;
          };
      case IcmpType.TIME_EXCEEDED -> code == 1 ? Icmp.REASSEMBLY : Icmp.TTL_EXCEEDED;
      case IcmpType.PARAMETER_PROBLEM -> Icmp.PARAMETER;
      default -> Icmp.UNKNOWN;
    };
  }

  private static Icmp ofIcmpv6(int type, int code) {
    return switch (type) {
      case Icmpv6Type.DESTINATION_UNREACHABLE ->
          switch (code) {
            case 0 -> Icmp.NET_UNREACHABLE;
            case 1, 5, 6 -> Icmp.PROHIBITED;
            case 3 -> Icmp.HOST_UNREACHABLE;
            case 4 -> Icmp.PORT_UNREACHABLE;
            default -> Icmp.UNREACHABLE;
          };
      case Icmpv6Type.PACKET_TOO_BIG -> Icmp.TOO_BIG;
      case Icmpv6Type.TIME_EXCEEDED -> code == 1 ? Icmp.REASSEMBLY : Icmp.TTL_EXCEEDED;
      case Icmpv6Type.PARAMETER_PROBLEM -> Icmp.PARAMETER;
      default -> Icmp.UNKNOWN;
    };
  }

  private enum Icmp {
    NET_UNREACHABLE(1, "net_unreachable"),
    HOST_UNREACHABLE(2, "host_unreachable"),
    PROTOCOL_UNREACHABLE(3, "protocol_unreachable"),
    PORT_UNREACHABLE(4, "port_unreachable"),
    TOO_BIG(5, "too_big"),
    PROHIBITED(6, "prohibited"),
    UNREACHABLE(7, "unreachable"),
    TTL_EXCEEDED(8, "ttl_exceeded"),
    REASSEMBLY(9, "reassembly_time_exceeded"),
    PARAMETER(10, "parameter_problem"),
    UNKNOWN(11, "icmp_other");

    private static final Icmp[] ALL = values();

    private final int number;
    private final String word;

    Icmp(int number, String word) {
      this.number = number;
      this.word = word;
    }

    static Icmp of(int number) {
      return ALL[number - 1];
    }
  }
}
