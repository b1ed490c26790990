package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// The echo request that an ICMP or ICMPv6 error quotes, where it lies. Check [#isWhole] once, then
/// read.
///
/// ```
/// +-------------+--------------------------+--------------------------------+- - -
/// | ICMP header | quoted IP header         | quoted echo request, its first | more, or
/// | of the      | with the options that it | 8 bytes: type, code, checksum, | nothing
/// | error, 8    | has itself               | identifier, sequence           |
/// +-------------+--------------------------+--------------------------------+- - -
/// ```
///
/// An ICMP error quotes at least these (RFC 792, RFC 1812 §4.3.2.3), an ICMPv6 error as much as
/// fits (RFC 4443 §2.4c). The quoted version shows which of the two the error is. `icmp` is always
/// the offset of the error's own header.
public final class QuotedEcho {
  private QuotedEcho() {}

  /// Whether the message in `[icmp, end)` is an error that quotes the beginning of an echo request,
  /// or of a timestamp request, whose header is the same, up to its sequence number, also after
  /// IPv6 extension headers. Later fragments do not contain it.
  public static boolean isWhole(MemorySegment frame, long icmp, long end) {
    if (end - icmp <= IcmpHeader.BYTES) {
      return false;
    }
    return isIpv6(frame, icmp) ? isWholeIpv6(frame, icmp, end) : isWholeIpv4(frame, icmp, end);
  }

  private static boolean isWholeIpv4(MemorySegment frame, long icmp, long end) {
    long quoted = icmp + IcmpHeader.BYTES;
    if (!IcmpType.isQuoting(IcmpHeader.type(frame, icmp))
        || !Ipv4Header.isWholeQuoted(frame, quoted, end)
        || Ipv4Header.protocol(frame, quoted) != IpProtocol.ICMP
        || Ipv4Header.fragmentOffset(frame, quoted) != 0) {
      return false;
    }
    long echo = quoted + Ipv4Header.headerLength(frame, quoted);
    if (!IcmpHeader.isWhole(frame, echo, end)) {
      return false;
    }
    int type = IcmpHeader.type(frame, echo);
    return type == IcmpType.ECHO_REQUEST || type == IcmpType.TIMESTAMP_REQUEST;
  }

  private static boolean isWholeIpv6(MemorySegment frame, long icmp, long end) {
    long quoted = icmp + IcmpHeader.BYTES;
    if (!Icmpv6Type.isQuoting(IcmpHeader.type(frame, icmp))
        || !Ipv6Header.isWhole(frame, quoted, end)) {
      return false;
    }
    long echo = echoIpv6(frame, quoted, end);
    return echo >= 0
        && IcmpHeader.isWhole(frame, echo, end)
        && IcmpHeader.type(frame, echo) == Icmpv6Type.ECHO_REQUEST;
  }

  /// Where the ICMPv6 header of a packet begins, past the extension headers before it; -1 if it has
  /// none within `end`.
  private static long echoIpv6(MemorySegment frame, long ip, long end) {
    int kind = Ipv6Header.nextHeader(frame, ip);
    long next = ip + Ipv6Header.BYTES;
    while (Ipv6Extension.isOne(kind)) {
      if (!Ipv6Extension.isWhole(frame, next, end, kind)
          || (kind == IpProtocol.FRAGMENT && Ipv6Extension.fragmentOffset(frame, next) != 0)) {
        return -1;
      }
      int length = Ipv6Extension.length(frame, next, kind);
      kind = Ipv6Extension.nextHeader(frame, next);
      next += length;
    }
    return kind == IpProtocol.ICMPV6 ? next : -1;
  }

  /// Whether the request went over IPv6.
  public static boolean isIpv6(MemorySegment frame, long icmp) {
    return Ipv6Header.version(frame, icmp + IcmpHeader.BYTES) == 6;
  }

  /// The identifier of the quoted echo request, 0 to 65 535.
  public static int identifier(MemorySegment frame, long icmp) {
    return IcmpHeader.identifier(frame, echo(frame, icmp));
  }

  /// The sequence number of the quoted echo request, 0 to 65 535.
  public static int sequence(MemorySegment frame, long icmp) {
    return IcmpHeader.sequence(frame, echo(frame, icmp));
  }

  /// The first eight bytes of the address that the request was sent to, as [IpAddress#high]; 0 for
  /// IPv4.
  public static long destinationHigh(MemorySegment frame, long icmp) {
    return isIpv6(frame, icmp) ? Ipv6Header.destinationHigh(frame, icmp + IcmpHeader.BYTES) : 0;
  }

  /// The last bytes of the address that the request was sent to, as [IpAddress#low].
  public static long destinationLow(MemorySegment frame, long icmp) {
    return isIpv6(frame, icmp)
        ? Ipv6Header.destinationLow(frame, icmp + IcmpHeader.BYTES)
        : Integer.toUnsignedLong(Ipv4Header.destination(frame, icmp + IcmpHeader.BYTES));
  }

  /// The offset of the quoted request's ICMP header.
  private static long echo(MemorySegment frame, long icmp) {
    long quoted = icmp + IcmpHeader.BYTES;
    return isIpv6(frame, icmp)
        ? echoIpv6(frame, quoted, frame.byteSize())
        : quoted + Ipv4Header.headerLength(frame, quoted);
  }
}
