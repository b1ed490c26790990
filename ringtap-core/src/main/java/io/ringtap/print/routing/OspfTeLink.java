package io.ringtap.print.routing;

import io.ringtap.print.line.Bandwidth;
import io.ringtap.print.line.Gmpls;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What OSPF says about a link for traffic engineering (RFC 3630 §2.5, RFC 4203, RFC 4124).
final class OspfTeLink {
  private static final int HEAD = 4; // bytes: type and length of a value

  private static final Names TYPES =
      Names.of(
          """
          1 Link Type
          2 Link ID
          3 Local Interface IP address
          4 Remote Interface IP address
          5 Traffic Engineering Metric
          6 Maximum Bandwidth
          7 Maximum Reservable Bandwidth
          8 Unreserved Bandwidth
          9 Administrative Group
          11 Link Local/Remote Identifier
          14 Link Protection Type
          15 Interface Switching Capability
          16 Shared Risk Link Group
          17 Bandwidth Constraints\
          """);

  private final Line line;

  OspfTeLink(Line line) {
    this.line = line;
  }

  void print(long first, int length) {
    long at = first;
    int rest = length;
    while (rest != 0 && !line.isCut()) {
      if (rest < HEAD) {
        line.print("\n\t    Remaining TLV length %u < 4", rest);
        return;
      }
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      if (type == 0 || bytes == 0) {
        line.invalid();
        return;
      }
      at += HEAD;
      rest -= HEAD;
      line.text("\n\t      ").text(TYPES.find(type, "unknown"));
      line.print(" subTLV (%u), length: %u", type, bytes);
      if (isTooLong(bytes, rest) || !line.has(at, bytes)) {
        return;
      }
      if (!value(type, at, bytes)) {
        line.invalid();
        return;
      }
      if (isTooLong(OspfOpaque.padded(bytes), rest)) {
        return;
      }
      at += OspfOpaque.padded(bytes);
      rest -= OspfOpaque.padded(bytes);
    }
  }

  private boolean isTooLong(int bytes, int rest) {
    if (bytes > rest) {
      line.print("\n\t    Remaining TLV length %u < %u", rest + HEAD, bytes + HEAD);
    }
    return bytes > rest;
  }

  /// @return whether its length is right
  private boolean value(int type, long at, int bytes) {
    String wrong =
        switch (type) {
          case 1 -> bytes == 1 ? "" : " != 1";
          case 2, 11 -> bytes == 4 || bytes == 8 ? "" : " != 4 && != 8";
          case 3, 4, 5, 6, 7, 9, 14 -> bytes == 4 ? "" : " != 4";
          case 8 -> bytes == 32 ? "" : " != 32";
          case 15 -> bytes >= 36 ? "" : " < 36";
          case 16 -> bytes % 4 == 0 ? "" : " != N x 4";
          case 17 -> bytes >= 4 ? "" : " < 4";
          default -> "";
        };
    line.text(wrong);
    return wrong.isEmpty() && soundValue(type, at, bytes);
  }

  private boolean soundValue(int type, long at, int bytes) {
    switch (type) {
      case 1 -> {
        int kind = line.u8(at);
        line.text(kind == 1 ? ", Point-to-point" : kind == 2 ? ", Multi-Access" : ", unknown");
        line.print(" (%u)", kind);
      }
      case 2, 11 -> {
        identifier(at);
        if (bytes == 8) {
          identifier(at + 4);
        }
      }
      case 3, 4 -> line.text(", ").ipv4(at);
      case 5 -> line.print(", Metric %u", line.u32(at));
      case 6, 7 -> Bandwidth.print(line.text(", "), at);
      case 8 -> bandwidths("\n\t\tTE-Class %u: ", at, 8);
      case 9 -> line.print(", 0x%08x", line.u32(at));
      case 14 -> line.text(", ").bits(Gmpls.PROTECTIONS, line.u8(at), "none");
      case 15 -> {
        line.text("\n\t\tInterface Switching Capability: ");
        line.text(Gmpls.SWITCHING.find(line.u8(at), "Unknown"));
        line.text("\n\t\tLSP Encoding: ").text(Gmpls.ENCODINGS.find(line.u8(at + 1), "Unknown"));
        line.text("\n\t\tMax LSP Bandwidth:");
        bandwidths("\n\t\t  priority level %u: ", at + 4, 8);
      }
      case 16 -> {
        for (int i = 0; i < bytes; i += 4) {
          line.text(i == 0 ? "\n\t\t  Shared risk group: " : ", ").number(line.u32(at + i));
        }
      }
      case 17 -> {
        return constraints(at, bytes);
      }
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t\t", at, bytes, false);
        }
      }
    }
    return true;
  }

  private void identifier(long at) {
    line.text(", ").ipv4(at).print(" (0x%08x)", line.u32(at));
  }

  private boolean constraints(long at, int bytes) {
    int model = line.u8(at);
    line.text("\n\t\tBandwidth Constraints Model ID: ").text(Gmpls.MODELS.find(model, "unknown"));
    line.print(" (%u)", model);
    if (bytes % 4 != 0) {
      line.print("\n\t\tlength %u != N x 4", bytes);
      return false;
    }
    if (bytes > 36) {
      line.print("\n\t\tlength %u > 36", bytes);
      return false;
    }
    bandwidths("\n\t\t  Bandwidth constraint CT%u: ", at + 4, bytes / 4 - 1);
    return true;
  }

  private void bandwidths(String before, long at, int count) {
    for (int i = 0; i < count; i++) {
      line.print(before, i);
      Bandwidth.print(line, at + i * 4L);
    }
  }
}
