package io.ringtap.sweep.space;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ranges that are in no public network: those of IANA's special-purpose address registries
/// (RFC 6890) that are not globally reachable, and multicast.
public final class ReservedRanges {
  /// What a range is for.
  public enum Use {
    /// Hosts of a network of one's own: private, shared, link-local, loopback, documentation,
    /// benchmarks.
    LOCAL,

    /// No host, or one that a protocol has put there.
    RESERVED,

    /// Many hosts at once: multicast and broadcast.
    GROUP
  }

  /// A range.
  ///
  /// @param name what the registry calls it
  /// @param source the document that reserves it
  public record Reserved(IpRange range, Use use, String name, String source) {}

  private static final String PROTOCOLS = "IETF protocol assignments";

  private static final List<Reserved> ALL =
      List.of(
          of("0.0.0.0/8", Use.RESERVED, "this network", "RFC 791"),
          of("10.0.0.0/8", Use.LOCAL, "private use", "RFC 1918"),
          of("100.64.0.0/10", Use.LOCAL, "shared address space", "RFC 6598"),
          of("127.0.0.0/8", Use.LOCAL, "loopback", "RFC 1122"),
          of("169.254.0.0/16", Use.LOCAL, "link local", "RFC 3927"),
          of("172.16.0.0/12", Use.LOCAL, "private use", "RFC 1918"),
          of("192.0.0.0/24", Use.RESERVED, PROTOCOLS, "RFC 6890"),
          of("192.0.2.0/24", Use.LOCAL, "documentation", "RFC 5737"),
          of("192.88.99.0/24", Use.RESERVED, "6to4 relay anycast (deprecated)", "RFC 7526"),
          of("192.168.0.0/16", Use.LOCAL, "private use", "RFC 1918"),
          of("198.18.0.0/15", Use.LOCAL, "benchmarking", "RFC 2544"),
          of("198.51.100.0/24", Use.LOCAL, "documentation", "RFC 5737"),
          of("203.0.113.0/24", Use.LOCAL, "documentation", "RFC 5737"),
          of("224.0.0.0/4", Use.GROUP, "multicast", "RFC 5771"),
          of("240.0.0.0-255.255.255.254", Use.RESERVED, "reserved", "RFC 1112"),
          of("255.255.255.255", Use.GROUP, "limited broadcast", "RFC 919"),
          of("::", Use.RESERVED, "unspecified address", "RFC 4291"),
          of("::1", Use.LOCAL, "loopback", "RFC 4291"),
          of("::ffff:0:0/96", Use.RESERVED, "IPv4-mapped addresses", "RFC 4291"),
          of("64:ff9b:1::/48", Use.LOCAL, "local IPv4/IPv6 translation", "RFC 8215"),
          of("100::/64", Use.RESERVED, "discard only", "RFC 6666"),
          of("100:0:0:1::/64", Use.RESERVED, "dummy prefix", "RFC 9780"),
          of("2001:2::/48", Use.LOCAL, "benchmarking", "RFC 5180"),
          of("2001:5::-2001:f:ffff:ffff:ffff:ffff:ffff:ffff", Use.RESERVED, PROTOCOLS, "RFC 2928"),
          of("2001:10::/28", Use.RESERVED, "ORCHID (deprecated)", "RFC 4843"),
          of(
              "2001:40::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
              Use.RESERVED,
              PROTOCOLS,
              "RFC 2928"),
          of("2001:db8::/32", Use.LOCAL, "documentation", "RFC 3849"),
          of("3fff::/20", Use.LOCAL, "documentation", "RFC 9637"),
          of("5f00::/16", Use.RESERVED, "segment routing identifiers", "RFC 9602"),
          of("fc00::/7", Use.LOCAL, "unique local", "RFC 4193"),
          of("fe80::/10", Use.LOCAL, "link-local unicast", "RFC 4291"),
          of("ff00::/8", Use.GROUP, "multicast", "RFC 4291"));

  private ReservedRanges() {}

  private static Reserved of(String range, Use use, String name, String source) {
    return new Reserved(IpRange.parse(range), use, name, source);
  }

  /// All of them, in order and without overlaps.
  public static List<Reserved> all() {
    return ALL;
  }

  /// The reserved range that has all addresses of a range; null if none has.
  public static @Nullable Reserved around(IpRange range) {
    for (Reserved each : ALL) {
      if (isWithin(range.first(), each.range) && isWithin(range.last(), each.range)) {
        return each;
      }
    }
    return null;
  }

  private static boolean isWithin(IpAddress address, IpRange range) {
    return address.compareTo(range.first()) >= 0 && address.compareTo(range.last()) <= 0;
  }

  /// The parts of a range that are in no reserved one, in order.
  public static List<IpRange> outside(IpRange range) {
    List<IpRange> parts = new ArrayList<>();
    IpAddress from = range.first();
    for (Reserved each : ALL) {
      boolean isApart =
          each.range.last().compareTo(from) < 0
              || each.range.first().compareTo(range.last()) > 0
              || each.range.first().isIpv6() != from.isIpv6();
      if (isApart) {
        continue;
      }
      if (each.range.first().compareTo(from) > 0) {
        parts.add(new IpRange(from, neighbor(each.range.first(), -1)));
      }
      if (each.range.last().compareTo(range.last()) >= 0) {
        return parts;
      }
      from = neighbor(each.range.last(), 1);
    }
    parts.add(new IpRange(from, range.last()));
    return parts;
  }

  /// The address before or after one.
  ///
  /// @param step 1 or -1
  private static IpAddress neighbor(IpAddress address, int step) {
    long low = address.low() + step;
    boolean isCarried = address.isIpv6() && low == (step > 0 ? 0 : -1);
    return new IpAddress(address.isIpv6(), isCarried ? address.high() + step : address.high(), low);
  }
}
