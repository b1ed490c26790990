package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Routes that VPNs exchange about themselves: the targets whose routes a router wants (RFC 4684),
/// multicast routes (RFC 6514 §4) and multicast distribution trees (RFC 6037).
final class BgpVpnRoutes {
  private static final String BEFORE = "\n\t      "; // each route
  private static final int DISTINGUISHER = 8; // bytes
  private static final int TREE = 16; // bytes

  private static final Names MULTICAST =
      Names.of(
          """
          1 Intra-AS I-PMSI
          2 Inter-AS I-PMSI
          3 S-PMSI
          4 Intra-AS Segment-Leaf
          5 Source-Active
          6 Shared Tree Join
          7 Source Tree Join\
          """);

  private final Line line;
  private final BgpRoutes routes;

  BgpVpnRoutes(Line line, BgpRoutes routes) {
    this.line = line;
    this.routes = routes;
  }

  /// Prints a route target whose routes a router wants.
  ///
  /// @return its length; [BgpRoutes#ILLEGAL] if it is too long, which has been printed
  int target(long at) {
    int bits = line.u8(at);
    if (bits == 0) {
      line.text(BEFORE).text("default route target");
      return 1;
    }
    int targetBits = bits - 32;
    if (targetBits < 0 || targetBits > 64) {
      line.text(BEFORE).text("(illegal prefix length)");
      return BgpRoutes.ILLEGAL;
    }
    int bytes = (targetBits + 7) / 8;
    if (line.needs(at, 5L + bytes)) {
      line.text(BEFORE);
      BgpNames.system(line, "origin AS: ", 4, at + 1);
      line.text(", ");
      prefix(at + 5, targetBits);
    }
    return 5 + bytes;
  }

  /// The first bits of an extended community.
  private void prefix(long at, int bits) {
    if (bits == 0) {
      line.text("route-target: 0:0/0");
      return;
    }
    int bytes = (bits + 7) / 8;
    long target = line.leading(at, bytes) & -1L << (64 - bits);
    int type = (int) (target >>> 48);
    if (bits < 16) {
      line.text("route-target: partial-type: (");
    } else if (type == 0x0002) {
      line.print("route-target: %u:%u", target >>> 32 & 0xFFFF, target & 0xFFFF_FFFFL);
    } else if (type == 0x0102) {
      line.print("route-target: %u.%u.", target >>> 40 & 0xFF, target >>> 32 & 0xFF);
      line.print("%u.%u:%u", target >>> 24 & 0xFF, target >>> 16 & 0xFF, target & 0xFFFF);
    } else if (type == 0x0202) {
      BgpNames.system(line.text("route-target: "), target >>> 16 & 0xFFFF_FFFFL);
      line.print(":%u", target & 0xFFFF);
    } else {
      line.print("route target: unknown-type(%04x) (", type);
    }
    boolean isKnown = bits >= 16 && (type == 0x0002 || type == 0x0102 || type == 0x0202);
    if (isKnown) {
      line.print("/%u (", bits);
    }
    for (int i = 0; i < bytes; i++) {
      line.print("%02x", target >>> (56 - i * 8) & 0xFF);
      line.text(i % 2 == 1 && i < bytes - 1 ? " " : "");
    }
    if (!isKnown) {
      line.print("/%u", bits);
    }
    line.text(")");
  }

  /// Prints a multicast distribution tree.
  ///
  /// @return its length, or [BgpRoutes#ILLEGAL]
  int tree(long at) {
    if (line.u8(at) != TREE * 8) {
      return BgpRoutes.ILLEGAL;
    }
    if (line.needs(at + 1, TREE)) {
      line.text(BEFORE).text("RD: ");
      routes.distinguisher(at + 1);
      line.text(", VPN IP Address: ").ipv4(at + 9).text(", MC Group Address: ").ipv4(at + 13);
    }
    return TREE + 1;
  }

  /// Prints a route of a multicast VPN.
  ///
  /// @return its length, or [BgpRoutes#SHORT]
  int multicast(long at) {
    int type = line.u8(at);
    int length = line.u8(at + 1);
    long value = at + 2;
    boolean hasSourceAs = type == 2 || type == 6 || type == 7;
    boolean hasDistinguisher = type >= 1 && type <= 7 && type != 4;
    int needed = hasSourceAs ? DISTINGUISHER + 4 : hasDistinguisher ? DISTINGUISHER : 0;
    if (!line.has(value, needed) || (type == 1 && length < DISTINGUISHER)) {
      return BgpRoutes.SHORT;
    }
    line.hold();
    line.text(BEFORE).text("Route-Type: ").text(MULTICAST.find(type, "Unknown"));
    line.print(" (%u), length: %u", type, length);
    if (hasDistinguisher) {
      line.text(", RD: ");
      routes.distinguisher(value);
    }
    if (hasSourceAs) {
      BgpNames.system(line, ", Source-AS ", 4, value + DISTINGUISHER);
    }
    long end = value + length;
    switch (type) {
      case 1 -> originator(value + DISTINGUISHER, end);
      case 3 -> originator(sourceAndGroup(value + DISTINGUISHER), end);
      case 5, 6, 7 -> {
        long _ = sourceAndGroup(value + needed);
      }
      default -> {}
    }
    line.release();
    return length + 2;
  }

  private void originator(long at, long end) {
    address(", Originator ", at, (end - at) * 8);
  }

  /// @return the offset after them
  private long sourceAndGroup(long first) {
    long at = part(", Source ", first);
    return line.has(at, 1) ? part(", Group ", at) : at;
  }

  private long part(String before, long at) {
    int bits = line.u8(at);
    int bytes = bits / 8;
    if (line.has(at + 1, bytes) && bits > 0) {
      address(before, at + 1, bits);
    }
    return at + 1 + bytes;
  }

  private void address(String before, long at, long bits) {
    if (bits == 32 || bits == 128) {
      if (line.needs(at, bits / 8)) {
        line.text(before).address(bits == 128, at);
      }
    } else {
      line.text(before).print("bogus address length %u", bits);
    }
  }
}
