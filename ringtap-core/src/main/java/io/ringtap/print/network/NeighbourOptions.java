package io.ringtap.print.network;

import io.ringtap.packet.DnsMessage;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of neighbour discovery, printed with `-v` (RFC 4861 §4.6, RFC 4191, RFC 8106).
final class NeighbourOptions {
  private static final long UNIT = 8; // bytes
  private static final long FOREVER = 0xFFFF_FFFFL;

  private static final Names NAMES =
      Names.of(
          """
          1 source link-address
          2 destination link-address
          3 prefix info
          4 redirected header
          5 mtu
          7 advertisement interval
          8 homeagent information
          24 route info
          25 rdnss
          31 dnssl\
          """);

  private static final BitNames PREFIX_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 onlink
          0x40 auto
          0x20 router\
          """);

  private final Line line;

  NeighbourOptions(Line line) {
    this.line = line;
  }

  /// @param length bytes on the wire
  void print(long first, long length) {
    long at = first;
    long rest = length;
    while (rest > 0 && at < line.end()) {
      if (!line.has(at, 2)) {
        line.mark("icmp6");
        return;
      }
      int type = line.u8(at);
      int units = line.u8(at + 1);
      long bytes = units * UNIT;
      rest -= bytes;
      if (bytes == 0 || rest < 0 || !line.has(at, bytes)) {
        line.mark("icmp6");
        return;
      }
      line.text("\n\t  ").text(NAMES.find(type, "unknown"));
      line.print(" option (%u), length %u (%u): ", type, bytes, units);
      if (!option(type, at, units)) {
        return;
      }
      if (line.verbosity() > 1) {
        line.hexDump("\n\t    ", at + 2, bytes - 2, false);
      }
      at += bytes;
    }
  }

  /// @return false if nothing after it can be printed
  private boolean option(int type, long at, int units) {
    switch (type) {
      case 1, 2 -> line.hardware(at + 2, units * UNIT - 2);
      case 3 -> prefix(at, units);
      case 4 -> line.hexDump("\n\t    ", at, units * UNIT, false);
      case 5 -> {
        line.print(" %u", line.u32(at + 4)).text(units != 1 ? "bad option length" : "");
      }
      case 7 -> line.print(" %ums", line.u32(at + 4));
      case 8 -> line.print(" preference %u, lifetime %u", line.u16(at + 4), line.u16(at + 6));
      case 24 -> {
        return route(at, units);
      }
      case 25 -> {
        line.print(" lifetime %us,", line.u32(at + 4));
        for (int i = 0; i < (units - 1) / 2 && line.needs(at + 8 + i * 16L, 16); i++) {
          line.text(" addr: ").ipv6(at + 8 + i * 16L);
        }
      }
      case 31 -> {
        return searchList(at, at + units * UNIT);
      }
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t  ", at + 2, units * UNIT - 2, false);
          return false;
        }
      }
    }
    return true;
  }

  private void prefix(long at, int units) {
    if (!line.needs(at, 32)) {
      return;
    }
    line.ipv6(at + 16).print("/%u", line.u8(at + 2)).text(units != 4 ? "badlen" : "");
    line.text(", Flags [").bits(PREFIX_FLAGS, line.u8(at + 3), "none").text("], valid time ");
    lifetime(line.u32(at + 4));
    line.text(", pref. time ");
    lifetime(line.u32(at + 8));
  }

  private boolean route(long at, int units) {
    if (units > 3) {
      line.mark("icmp6");
      return false;
    }
    if (!line.needs(at, units * UNIT)) {
      return false;
    }
    // Zeros at the end of the prefix are left out.
    line.text(" ");
    line.ipv6(units > 1 ? line.u64(at + 8) : 0, units > 2 ? line.u64(at + 16) : 0);
    line.print("/%u, pref=", line.u8(at + 2)).text(preference(line.u8(at + 3)));
    line.text(", lifetime=");
    lifetime(line.u32(at + 4));
    return true;
  }

  private boolean searchList(long at, long end) {
    line.print(" lifetime %us, domain(s):", line.u32(at + 4));
    long name = at + 8;
    while (name < end && line.u8(name) != 0) {
      line.text(" ");
      if (!DomainName.print(line, at, name)) {
        line.mark("icmp6");
        return false;
      }
      name = DnsMessage.skipName(line.frame(), name, line.end());
    }
    return true;
  }

  private void lifetime(long seconds) {
    if (seconds == FOREVER) {
      line.text("infinity");
    } else {
      line.print("%us", seconds);
    }
  }

  /// The preference in the flags of a router advertisement or a route (RFC 4191 §2.1).
  static String preference(int flags) {
    return switch (flags >> 3 & 3) {
      case 0 -> "medium";
      case 1 -> "high";
      case 3 -> "low";
      default -> "rsv";
    };
  }
}
