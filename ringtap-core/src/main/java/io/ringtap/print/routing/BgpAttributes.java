package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Path attributes of BGP (RFC 4271 §4.3, §5).
final class BgpAttributes {
  private static final int MAX_LEVEL = 10; // of sets of attributes in each other
  static final int EXTENDED_LENGTH = 0x10; // flag
  private static final int SIZE_OF_LARGE = 12; // bytes of a large community

  /// The types of attributes.
  static final Names TYPES =
      Names.of(
          """
          1 Origin
          2 AS Path
          3 Next Hop
          4 Multi Exit Discriminator
          5 Local Preference
          6 Atomic Aggregate
          7 Aggregator
          8 Community
          9 Originator ID
          10 Cluster List
          11 DPA
          12 Advertisers
          13 RCID Path / Cluster ID
          14 Multi-Protocol Reach NLRI
          15 Multi-Protocol Unreach NLRI
          16 Extended Community
          17 AS4 Path
          18 Aggregator4
          22 PMSI Tunnel
          23 Tunnel Encapsulation
          24 Traffic Engineering
          25 IPv6 Extended Community
          26 Accumulated IGP Metric
          27 PE Distinguisher Label
          28 Entropy Label
          32 Large Community
          128 Attribute Set
          255 Reserved for development\
          """);

  private static final Names ORIGINS =
      Names.of(
          """
          0 IGP
          1 EGP
          2 Incomplete\
          """);

  private static final Names COMMUNITIES =
      Names.of(
          """
          0xFFFFFF01 NO_EXPORT
          0xFFFFFF02 NO_ADVERTISE
          0xFFFFFF03 NO_EXPORT_SUBCONFED\
          """);

  private final Line line;
  private final BgpReach reach;
  private final BgpExtendedCommunities extended;
  private final BgpTunnel tunnel;

  BgpAttributes(Line line, BgpRoutes routes) {
    this.line = line;
    this.reach = new BgpReach(line, routes);
    this.extended = new BgpExtendedCommunities(line);
    this.tunnel = new BgpTunnel(line);
  }

  /// Prints the flags of an attribute.
  static void flags(Line line, int flags) {
    line.text(", Flags [").text((flags & 0x80) != 0 ? "O" : "");
    line.text((flags & 0x40) != 0 ? "T" : "").text((flags & 0x20) != 0 ? "P" : "");
    line.text((flags & EXTENDED_LENGTH) != 0 ? "E" : "");
    if ((flags & 0xF) != 0) {
      line.print("+%x", flags & 0xF);
    }
    line.text("]");
  }

  /// Prints the value of an attribute.
  ///
  /// @param level how many sets of attributes it is in
  /// @return false if it ends within a part
  boolean print(int type, long at, int length, int level) {
    if (hasWrongLength(type, length)) {
      line.text("invalid len");
    } else if (!value(type, at, length, level)) {
      return false;
    }
    // The parts of these two were all read, so tcpdump dumps nothing of them.
    boolean isConsumed = type == 128 || (type == 32 && length % SIZE_OF_LARGE == 0);
    if (line.verbosity() > 1 && !isConsumed) {
      line.hexDump("\n\t    ", at, length, false);
    }
    return true;
  }

  private static boolean hasWrongLength(int type, int length) {
    return switch (type) {
      case 1 -> length != 1;
      case 2, 17 -> length % 2 != 0;
      case 3, 4, 5, 9 -> length != 4;
      case 6 -> length != 0;
      case 7 -> length != 6 && length != 8;
      case 8, 10 -> length % 4 != 0;
      case 16 -> length % 8 != 0;
      case 18 -> length != 8;
      case 32 -> length == 0 || length % SIZE_OF_LARGE != 0;
      default -> false;
    };
  }

  private boolean value(int type, long at, int length, int level) {
    switch (type) {
      case 1 -> line.text(ORIGINS.find(line.u8(at), "Unknown Origin Typecode"));
      case 2, 17 -> {
        return path(type == 17 ? 4 : sizeOfNumbers(at, at + length), at, at + length);
      }
      case 3, 9 -> line.ipv4(at);
      case 4, 5 -> line.number(line.u32(at));
      case 6 -> {}
      case 7, 18 -> {
        int bytes = length - 4;
        BgpNames.system(line, " AS #", bytes, at);
        line.text(", origin ").ipv4(at + bytes);
      }
      case 8 -> communities(at, length);
      case 10 -> {
        for (int i = 0; i < length; i += 4) {
          line.text(i == 0 ? "" : ", ").ipv4(at + i);
        }
      }
      case 14 -> {
        return reach.reachable(at, length);
      }
      case 15 -> {
        return reach.unreachable(at, length);
      }
      case 16 -> extended.print(at, length);
      case 22 -> {
        return tunnel.print(at, length);
      }
      case 26 -> {
        return metric(at, length);
      }
      case 32 -> large(at, length);
      case 128 -> {
        return set(at, length, level);
      }
      default -> {
        line.print("\n\t    no Attribute %u decoder", type);
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t    ", at, length, false);
        }
      }
    }
    return true;
  }

  /// Nothing in a path says how many bytes its numbers have: two if it makes sense with two,
  /// otherwise four (RFC 6793).
  private int sizeOfNumbers(long first, long end) {
    long at = first;
    while (at < end) {
      int type = line.u8(at);
      if (type < 1 || type > 4) {
        return 4;
      }
      at += 2 + line.u8(at + 1) * 2L;
    }
    return at == end ? 2 : 4;
  }

  private boolean path(int size, long first, long end) {
    line.text(first == end ? "empty" : "");
    long at = first;
    while (at < end && !line.isCut()) {
      int type = line.u8(at);
      line.text(
          switch (type) {
            case 1 -> "{ ";
            case 2 -> "";
            case 3 -> "( ";
            case 4 -> "({ ";
            default -> "?";
          });
      int count = line.u8(at + 1);
      for (int i = 0; i < count; i++) {
        long number = at + 2 + (long) i * size;
        if (!line.has(number, size)) {
          return false;
        }
        BgpNames.system(line, "", size, number);
        line.text(" ");
      }
      line.text(
          switch (type) {
            case 1 -> "}";
            case 2 -> "";
            case 3 -> ")";
            case 4 -> "})";
            default -> "?";
          });
      at += 2 + (long) count * size;
    }
    return true;
  }

  private void communities(long at, int length) {
    for (int i = 0; i < length; i += 4) {
      long community = line.u32(at + i);
      String name = COMMUNITIES.find(community);
      if (name != null) {
        line.text(" ").text(name);
      } else {
        line.print("%u:%u", community >> 16, community & 0xFFFF);
        line.text(i + 4 < length ? ", " : "");
      }
    }
  }

  /// RFC 8092.
  private void large(long at, int length) {
    line.text("\n\t    ");
    for (int i = 0; i < length; i += SIZE_OF_LARGE) {
      line.text(i == 0 ? "" : ", ");
      line.print("%u:%u:%u", line.u32(at + i), line.u32(at + i + 4), line.u32(at + i + 8));
    }
  }

  /// RFC 7311 §3.
  private boolean metric(long first, int length) {
    long at = first;
    int rest = length;
    while (rest >= 3) {
      int type = line.u8(at);
      int bytes = line.u16(at + 1);
      line.text(type == 1 ? "\n\t    AIGP" : "\n\t    Unknown");
      line.print(" TLV (%u), length %u", type, bytes);
      if (bytes < 3 || rest < bytes || (type == 1 && bytes < 11)) {
        return false;
      }
      if (type == 1) {
        line.text(", metric ").text(Long.toUnsignedString(line.u64(at + 3)));
      } else if (line.verbosity() <= 1) {
        line.hexDump("\n\t      ", at + 3, bytes - 3, false);
      }
      at += bytes;
      rest -= bytes;
    }
    return true;
  }

  /// RFC 6368 §5.
  private boolean set(long first, int length, int level) {
    if (length < 4) {
      return false;
    }
    BgpNames.system(line, "\n\t    Origin AS: ", 4, first);
    long at = first + 4;
    int left = length - 4;
    while (left > 0 && !line.isCut()) {
      int lengthBytes = line.has(at, 1) && (line.u8(at) & EXTENDED_LENGTH) != 0 ? 2 : 1;
      int head = left < 2 ? 2 : 2 + lengthBytes;
      if (!line.has(at, head)) {
        return false;
      }
      if (left < head) {
        line.text(" [path attr too short]");
        return true;
      }
      int flags = line.u8(at);
      int type = line.u8(at + 1);
      int bytes = lengthBytes == 2 ? line.u16(at + 2) : line.u8(at + 2);
      at += head;
      left -= head;
      line.text("\n\t      ").text(TYPES.find(type, "Unknown Attribute"));
      line.print(" (%u), length: %u", type, bytes);
      if (flags != 0) {
        flags(line, flags);
      }
      line.text(": ");
      if (left < bytes) {
        line.text(" [path attr too short]");
        return true;
      }
      if (level == MAX_LEVEL) {
        line.text("(too many nested levels, not recursing)");
      } else if (!print(type, at, bytes, level + 1)) {
        return false;
      }
      at += bytes;
      left -= bytes;
    }
    return true;
  }
}
