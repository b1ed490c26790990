package io.ringtap.print.routing;

import io.ringtap.packet.IpAddress;
import io.ringtap.print.line.Line;

/// Routes in BGP messages: prefixes (RFC 4271 §4.3), also with a label (RFC 8277) or with a label
/// and a route distinguisher (RFC 4364 §4.3.4).
final class BgpRoutes {
  /// The prefix is longer than an address.
  static final int ILLEGAL = -1;

  /// The bytes end within the route.
  static final int SHORT = -2;

  private static final int LABEL = 24; // bits that count as part of the prefix
  private static final int DISTINGUISHER = 64; // bits

  private final Line line;

  BgpRoutes(Line line) {
    this.line = line;
  }

  /// Whether the routes have path identifiers (RFC 7911). Nothing in a message says so: they do if
  /// the bytes make sense only with them.
  boolean havePathIds(long at, long length, int maxBits) {
    return length >= 5 && fits(at, length, maxBits, 4) && !fits(at, length, maxBits, 0);
  }

  private boolean fits(long first, long length, int maxBits, int idBytes) {
    int least = idBytes == 0 ? 1 : 0; // a route to everything is no sign
    long offset = 0;
    while (offset < length) {
      offset += idBytes;
      if (!line.has(first + offset, 1)) {
        break;
      }
      int bits = line.u8(first + offset);
      if (bits < least || bits > maxBits) {
        return false;
      }
      offset += 1 + bytes(bits);
    }
    return offset <= length;
  }

  private static int bytes(int bits) {
    return (bits + 7) / 8;
  }

  /// Prints a prefix.
  ///
  /// @return its length, [#ILLEGAL] or [#SHORT]
  int prefix(String before, boolean isIpv6, long at, long length) {
    if (length < 1) {
      return SHORT;
    }
    int bits = line.u8(at);
    if (bits > maxBits(isIpv6)) {
      return ILLEGAL;
    }
    if (length - 1 < bytes(bits)) {
      return SHORT;
    }
    if (line.needs(at, 1L + bytes(bits))) {
      address(before, isIpv6, at + 1, bits);
    }
    return 1 + bytes(bits);
  }

  /// Prints a prefix with a label.
  ///
  /// @return its length, [#ILLEGAL] or [#SHORT]
  int labeled(String before, boolean isIpv6, long at, long length) {
    if (length < 4 || !line.has(at, 4)) {
      return SHORT;
    }
    int bits = line.u8(at) - LABEL;
    if (bits < 0 || bits > maxBits(isIpv6)) {
      return ILLEGAL;
    }
    if (length - 4 < bytes(bits)) {
      return SHORT;
    }
    if (line.needs(at, 4L + bytes(bits))) {
      address(before, isIpv6, at + 4, bits);
      label(at + 1);
    }
    return 4 + bytes(bits);
  }

  /// Prints a prefix with a label and a route distinguisher.
  ///
  /// @return its length, or [#ILLEGAL]
  int ofVpn(String before, boolean isIpv6, long at) {
    int bits = line.u8(at) - LABEL - DISTINGUISHER;
    if (bits < 0 || bits > maxBits(isIpv6)) {
      return ILLEGAL;
    }
    if (line.needs(at, 12L + bytes(bits))) {
      line.text(before).text("RD: ");
      distinguisher(at + 4);
      address(", ", isIpv6, at + 12, bits);
      label(at + 1);
    }
    return 12 + bytes(bits);
  }

  private static int maxBits(boolean isIpv6) {
    return isIpv6 ? 128 : 32;
  }

  private void address(String before, boolean isIpv6, long at, int bits) {
    long high = line.leading(at, bytes(bits));
    long low = line.leading(at + Long.BYTES, bytes(bits) - Long.BYTES);
    // Bits of the last byte that are not part of the prefix.
    if (bits < 64) {
      high &= bits == 0 ? 0 : -1L << (64 - bits);
    } else {
      low &= bits == 64 ? 0 : -1L << (128 - bits);
    }
    line.text(before);
    if (isIpv6) {
      line.ipv6(high, low);
    } else {
      IpAddress.appendIpv4(line.out(), (int) (high >>> 32));
    }
    line.print("/%u", bits);
  }

  private void label(long at) {
    line.print(", label:%u ", line.u24(at) >> 4);
    boolean isBottom = (line.u8(at + 2) & 1) != 0;
    line.text(isBottom ? "(bottom)" : "(BOGUS: Bottom of Stack NOT set!)");
  }

  /// Prints a route distinguisher (RFC 4364 §4.2).
  void distinguisher(long at) {
    switch (line.u16(at)) {
      case 0 -> {
        line.print("%u:%u (= ", line.u16(at + 2), line.u32(at + 4)).ipv4(at + 4).text(")");
      }
      case 1 -> line.ipv4(at + 2).print(":%u", line.u16(at + 6));
      case 2 -> {
        line.needs(at + 2, 6);
        BgpNames.system(line, "", 4, at + 2);
        line.print(":%u (", line.u16(at + 6)).ipv4(at + 2);
        line.print(":%u)", line.u16(at + 6));
      }
      default -> line.text("unknown RD format");
    }
  }
}
