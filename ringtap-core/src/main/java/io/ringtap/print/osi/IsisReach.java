package io.ringtap.print.osi;

import io.ringtap.packet.IpAddress;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What a router of IS-IS reaches: other routers and prefixes of IP (RFC 1195, RFC 5305, RFC 5308,
/// RFC 5120).
final class IsisReach {
  private static final String INDENT = "\n\t      ";
  private static final int NODE = IsisValues.SYSTEM + 1; // bytes
  private static final int ALIAS = 24; // type of a value

  private static final Names TOPOLOGIES =
      Names.of(
          """
          0 IPv4 unicast
          1 In-Band Management
          2 IPv6 unicast
          3 Multicast
          4095 Development, Experimental or Proprietary\
          """);

  private static final BitNames TOPOLOGY_FLAGS =
      BitNames.of(
          ", ",
          """
          0x4000 ATT bit set
          0x8000 Overload bit set\
          """);

  private static final Names TAGS =
      Names.of(
          """
          1 32-Bit Administrative tag
          2 64-Bit Administrative tag
          3 Prefix SID
          117 Management Prefix Color\
          """);

  private static final BitNames SEGMENT_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 Readvertisement
          0x40 Node
          0x20 No-PHP
          0x10 Explicit NULL
          0x08 Value
          0x04 Local\
          """);

  private final Line line;
  private final IsisValues values;
  private final IsisLink link;

  IsisReach(Line line, IsisValues values) {
    this.line = line;
    this.values = values;
    this.link = new IsisLink(line, values);
  }

  /// Whether the values of this type are printed here.
  static boolean isOf(int type) {
    return switch (type) {
      case 2, 3, 22, ALIAS, 128, 130, 135, 222, 229, 235, 236, 237 -> true;
      default -> false;
    };
  }

  /// Prints a value.
  ///
  /// @return false if nothing after it is to be printed
  boolean print(int type, long first, int length) {
    long at = first;
    int rest = length;
    switch (type) {
      case 2 -> routers(at, rest);
      case 3 -> endSystems(at, rest);
      case 128, 130 -> {
        return oldPrefixes(at, rest);
      }
      case 229 -> {
        while (rest > 1 && topology(at, rest)) {
          at += 2;
          rest -= 2;
        }
        line.text(rest == 1 ? "\n\t      invalid MT-ID" : "");
      }
      case 222, 235, 237 -> {
        if (topology(at, rest)) {
          entries(type, at + 2, rest - 2);
        }
      }
      default -> entries(type, at, rest);
    }
    return true;
  }

  private boolean topology(long at, int length) {
    if (length < 2 || !line.needs(at, 2)) {
      line.cut();
      return false;
    }
    int topology = line.u16(at);
    line.text(INDENT).text(TOPOLOGIES.find(topology & 0xFFF, "Reserved for IETF Consensus"));
    line.print(" Topology (0x%03x), Flags: [", topology & 0xFFF);
    line.bits(TOPOLOGY_FLAGS, topology & 0xF000, "none").text("]");
    return true;
  }

  private void entries(int type, long first, int length) {
    long at = first;
    int rest = length;
    while (rest != 0 && !line.isCut()) {
      int bytes =
          switch (type) {
            case 22, ALIAS, 222 -> neighbor(type, at, rest);
            default -> prefix(at, type >= 236);
          };
      if (rest < bytes) {
        line.print(" [remaining tlv length %u < %u]", rest, bytes);
        line.invalid();
        return;
      }
      at += bytes;
      rest -= bytes;
    }
  }

  private void routers(long first, int length) {
    if (length < 1 || !line.needs(first, 1)) {
      return;
    }
    int isVirtual = line.u8(first);
    line.text(INDENT);
    if (isVirtual > 1) {
      line.print("bogus virtual flag 0x%02x", isVirtual);
    } else {
      line.text(isVirtual == 0 ? "IsNotVirtual" : "IsVirtual");
    }
    for (int i = 1; i + 4 + NODE <= length && line.needs(first + i, 4 + NODE); i += 4 + NODE) {
      values.id("\n\t      IS Neighbor: ", first + i + 4, NODE);
      metrics(first + i);
    }
  }

  private void endSystems(long at, int length) {
    for (int i = 0; i + 10 <= length && line.needs(at + i, 10); i += 10) {
      values.id("\n\t      ES Neighbor: ", at + i + 4, IsisValues.SYSTEM);
      metrics(at + i);
    }
  }

  /// Prints the four metrics of a route, as far as they are supported.
  void metrics(long at) {
    line.text(", Default Metric: ");
    metric(line.u8(at));
    otherMetrics("\n\t\t", at);
  }

  private void otherMetrics(String indent, long at) {
    for (int i = 1; i < 4; i++) {
      int metric = line.u8(at + i);
      if ((metric & 0x80) == 0) {
        line.text(indent).text(i == 1 ? "  Delay" : i == 2 ? "  Expense" : "  Error");
        line.text(" Metric: ");
        metric(metric);
      }
    }
  }

  private void metric(int metric) {
    line.number(metric & 0x3F).text((metric & 0x40) != 0 ? ", External" : ", Internal");
  }

  private boolean oldPrefixes(long at, int length) {
    for (int i = 0; i < length; i += 12) {
      if (length - i < 12) {
        line.print("short IPv4 Reachability (%u vs 12)", length - i);
        return false;
      }
      if (!line.has(at + i, 12)) {
        return false;
      }
      oldPrefix(at + i);
    }
    return true;
  }

  private void oldPrefix(long at) {
    int mask = (int) line.u32(at + 8);
    int bits = Integer.bitCount(mask);
    line.text("\n\t      IPv4 prefix: ");
    if (Integer.numberOfLeadingZeros(~mask) == bits) {
      ipv4((int) line.u32(at + 4), bits);
    } else {
      line.ipv4(at + 4).text(" mask ").ipv4(at + 8);
    }
    int metric = line.u8(at);
    line.text((metric & 0x80) != 0 ? ", Distribution: down" : ", Distribution: up");
    line.text(", Metric: ");
    metric(metric);
    otherMetrics(INDENT, at);
  }

  private void ipv4(int address, int bits) {
    int begin = line.out().length();
    IpAddress.appendIpv4(line.out(), address);
    line.alignRight(begin, 15).print("/%u", bits);
  }

  /// @return its bytes; 0 if the line has been cut
  private int neighbor(int type, long first, int length) {
    int head = type == ALIAS ? NODE + 1 : NODE + 4;
    long at = first;
    if (length >= NODE) {
      values.id("\n\t      IS Neighbor: ", at, NODE);
      at += NODE;
      if (type != ALIAS && length >= NODE + 3) {
        line.print(", Metric: %u", line.needs(at, 3) ? line.u24(at) : 0);
        at += 3;
      }
    }
    if (length < head || !line.needs(at, 1)) {
      line.cut();
      return 0;
    }
    int details = line.u8(at);
    line.text(details == 0 ? ", no sub-TLVs present" : ", sub-TLVs present");
    if (details == 0) {
      return head;
    }
    line.print(" (%u)", details);
    return head + link.print(at + 1, details, length - head);
  }

  /// @return its bytes; 0 if the line has been cut
  private int prefix(long first, boolean isIpv6) {
    int head = isIpv6 ? 6 : 5;
    long metric = line.u32(first);
    int status = line.u8(first + 4);
    int bits = isIpv6 ? line.u8(first + 5) : status & 0x3F;
    int bytes = (bits + 7) / 8;
    String before = isIpv6 ? "\n\t      IPv6 prefix: " : "\n\t      IPv4 prefix: ";
    if (bits > (isIpv6 ? 128 : 32)) {
      line.text(before).print("bad bit length %u", bits);
      line.cut();
      return 0;
    }
    long address = first + head;
    if (!line.needs(address, bytes)) {
      return 0;
    }
    long high = line.leading(address, bytes);
    line.text(before);
    if (isIpv6) {
      line.ipv6(high, line.leading(address + Long.BYTES, bytes - Long.BYTES)).print("/%u", bits);
    } else {
      ipv4((int) (high >>> 32), bits);
    }
    line.text((status & 0x80) != 0 ? ", Distribution: down" : ", Distribution: up");
    line.print(", Metric: %u", metric);
    if (isIpv6) {
      line.text((status & 0x40) != 0 ? ", External" : ", Internal");
    }
    if ((status & (isIpv6 ? 0x20 : 0x40)) == 0) {
      return head + bytes;
    }
    line.text(", sub-TLVs present");
    return head + bytes + tags(first + head + bytes);
  }

  private int tags(long first) {
    int length = line.u8(first);
    line.print(" (%u)", length);
    long at = first + 1;
    long rest = length;
    while (rest > 0 && line.needs(at, 2)) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      tag(type, at + 2, bytes);
      at += 2 + bytes;
      rest = rest - bytes - 2 & 0xFFFF_FFFFL; // in 32 bits, as in tcpdump
    }
    return length + 1;
  }

  private void tag(int type, long at, int length) {
    line.text("\n\t        ").text(TAGS.find(type, "unknown"));
    line.print(" subTLV #%u, length: %u", type, length);
    boolean isValue = type == 3 && (line.has(at, 1) ? line.u8(at) & 0x08 : 0) != 0;
    if (!line.has(at, length) || (type == 3 && length < (isValue ? 5 : 6) && line.needs(at, 2))) {
      line.mark("isis"); // two marks, as in tcpdump
      line.cut();
      return;
    }
    switch (type) {
      case 1, 117 -> {
        for (int i = 0; i + 4 <= length; i += 4) {
          line.print(", 0x%08x (=%u)", line.u32(at + i), line.u32(at + i));
        }
      }
      case 2 -> {
        for (int i = 0; i + 8 <= length; i += 8) {
          line.print(", 0x%08x%08x", line.u32(at + i), line.u32(at + i + 4));
        }
      }
      case 3 -> {
        int algorithm = line.u8(at + 1);
        line.text(", Flags [").bits(SEGMENT_FLAGS, line.u8(at), "None").text("], Algo ");
        line.text(algorithm == 0 ? "SPF" : algorithm == 1 ? "strict-SPF" : "Unknown");
        line.print(" (%u), ", algorithm).text(isValue ? "label " : "index ");
        line.number(isValue ? line.u24(at + 2) : line.u32(at + 2));
      }
      default -> line.hexDump("\n\t\t    ", at, length, false);
    }
  }
}
