package io.ringtap.print.osi;

import io.ringtap.print.line.Bandwidth;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Gmpls;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What IS-IS says about a link to a router (RFC 5305 §3, RFC 5307, RFC 8667).
final class IsisLink {
  private static final String INDENT = "\n\t        ";

  private static final Names TYPES =
      Names.of(
          """
          3 Administrative groups
          4 Link Local/Remote Identifier
          5 Link Remote Identifier
          6 IPv4 interface address
          8 IPv4 neighbor address
          9 Maximum link bandwidth
          10 Reservable link bandwidth
          11 Unreserved bandwidth
          12 Bandwidth Constraints (old)
          18 Traffic Engineering Metric
          19 Link Attribute
          20 Link Protection Type
          21 Interface Switching Capability
          22 Bandwidth Constraints
          29 SPB Metric
          32 LAN Adjacency Segment Identifier
          250 Reserved for cisco specific extensions
          251 Reserved for cisco specific extensions
          252 Reserved for cisco specific extensions
          253 Reserved for cisco specific extensions
          254 Reserved for cisco specific extensions
          255 Reserved for future expansion\
          """);

  private static final BitNames ATTRIBUTES =
      BitNames.of(
          ", ",
          """
          1 Local Protection Available
          2 Link excluded from local protection path
          4 Local maintenance required\
          """);

  private static final BitNames SEGMENT_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 Address family IPv6
          0x40 Backup
          0x20 Value
          0x10 Local significance
          0x08 Set of adjacencies
          0x04 Persistent\
          """);

  private final Line line;
  private final IsisValues values;

  IsisLink(Line line, IsisValues values) {
    this.line = line;
    this.values = values;
  }

  /// Prints values.
  ///
  /// @param length that they claim
  /// @param most bytes that can be there
  /// @return their bytes
  int print(long first, int length, int most) {
    long at = first;
    int rest = length;
    int left = most;
    while (rest != 0 && line.needs(at, 2)) {
      if (left < 2) {
        line.text(INDENT).text("Remaining data in TLV shorter than a subTLV header");
        return (int) (at - first) + left;
      }
      if (rest < 2) {
        line.text(INDENT).text("Remaining data in subTLVs shorter than a subTLV header");
        return (int) (at - first) + rest;
      }
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      at += 2;
      rest -= 2;
      left -= 2;
      line.text(INDENT).text(TYPES.find(type, "unknown"));
      line.print(" subTLV #%u, length: %u", type, bytes);
      if (rest < bytes) {
        line.text(" (remaining data in subTLVs shorter than the current subTLV)");
        return (int) (at - first) + rest;
      }
      if (left < bytes) {
        line.text(" (> remaining tlv length)");
        return (int) (at - first) + left;
      }
      if (!line.needs(at, bytes)) {
        return 0;
      }
      // What a value has been read from does not count here, as in tcpdump.
      left -= bytes - value(type, at, bytes);
      at += bytes;
      rest -= bytes;
    }
    return (int) (at - first);
  }

  /// @return how many of its bytes do not count
  private int value(int type, long at, int length) {
    switch (type) {
      case 3, 4, 5 -> {
        if (length >= 4) {
          line.print(", 0x%08x", line.u32(at));
        }
        if (length == 8) {
          line.print(", 0x%08x", line.u32(at + 4));
        }
      }
      case 6, 8 -> {
        if (length >= 4) {
          line.text(", ").ipv4(at);
        }
      }
      case 9, 10 -> {
        if (length >= 4) {
          Bandwidth.print(line.text(", "), at);
        }
      }
      case 11 -> {
        if (length >= 32) {
          bandwidths("  TE-Class %u: ", at, 8);
          return 32;
        }
      }
      case 12, 22 -> {
        return constraints(at, length);
      }
      case 18 -> {
        if (length >= 3) {
          line.print(", %u", line.u24(at));
        }
      }
      case 19 -> {
        if (length == 2) {
          line.text(", [ ").bits(ATTRIBUTES, line.u16(at), "Unknown");
          line.print(" ] (0x%04x)", line.u16(at));
        }
      }
      case 20 -> {
        if (length >= 2) {
          line.text(", ").bits(Gmpls.PROTECTIONS, line.u8(at), "none");
          line.print(", Priority %u", line.u8(at + 1));
        }
      }
      case 21 -> {
        return switching(at, length);
      }
      case 29 -> {
        if (length >= 6) {
          line.print(", LM: %u, P: %u", line.u24(at), line.u8(at + 3));
          line.print(", P-ID: %u", line.u16(at + 4));
          return 4;
        }
      }
      case 32 -> {
        return segment(at, length);
      }
      default -> line.hexDump("\n\t\t    ", at, length, false);
    }
    return 0;
  }

  private void bandwidths(String before, long at, int count) {
    for (int i = 0; i < count; i++) {
      bandwidth(before, i, at + i * 4L);
    }
  }

  private void bandwidth(String before, int number, long at) {
    line.text(INDENT).print(before, number);
    Bandwidth.print(line, at);
  }

  private int constraints(long at, int length) {
    if (length == 0) {
      return 0;
    }
    int model = line.u8(at);
    int count = (length - 1) / 4;
    line.text(INDENT).text("Bandwidth Constraints Model ID: ");
    line.text(Gmpls.MODELS.find(model, "unknown")).print(" (%u)", model);
    bandwidths("  Bandwidth constraint CT%u: ", at + 1, count);
    return 1 + 4 * count;
  }

  private int switching(long at, int length) {
    if (length < 36) {
      return 0;
    }
    int capability = line.u8(at);
    line.text(INDENT).text("  Interface Switching Capability:");
    line.text(Gmpls.SWITCHING.find(capability, "Unknown")).text(", LSP Encoding: ");
    line.text(Gmpls.ENCODINGS.find(line.u8(at + 1), "Unknown"));
    line.text(INDENT).text("  Max LSP Bandwidth:");
    bandwidths("    priority level %u: ", at + 4, 8);
    long more = at + 36;
    int rest = length - 36;
    switch (capability) {
      case 1, 2, 3, 4 -> {
        if (rest >= 6) {
          bandwidth("  Min LSP Bandwidth: ", 0, more);
          line.text(INDENT).print("  Interface MTU: %u", line.u16(more + 4));
        }
      }
      case 100 -> {
        if (rest >= 8) {
          int indication = line.u8(more + 4);
          bandwidth("  Min LSP Bandwidth: ", 0, more);
          line.text(INDENT).text("  Indication ");
          if (indication > 1) {
            line.print("Unknown (%u)", indication);
          } else {
            line.text(indication == 0 ? "Standard SONET/SDH" : "Arbitrary SONET/SDH");
          }
        }
      }
      default -> line.hexDump("\n\t\t    ", more, rest, false);
    }
    return 36;
  }

  private int segment(long at, int length) {
    if (length < 8) {
      return 0;
    }
    int flags = line.u8(at);
    line.text(INDENT).text("  Flags: [").bits(SEGMENT_FLAGS, flags, "none").text("]");
    line.text(INDENT).print("  Weight: %u", line.u8(at + 1));
    values.id("\n\t          Neighbor System-ID: ", at + 2, IsisValues.SYSTEM);
    switch (flags & 0x30) {
      case 0x30 -> {
        long label = line.u24(at + 8);
        line.text(INDENT).print("  Label: %u", label);
      }
      case 0x00 -> {
        long index = line.u32(at + 8);
        line.text(INDENT).print("  Index: %u", index);
      }
      default -> line.invalid();
    }
    return 2;
  }
}
