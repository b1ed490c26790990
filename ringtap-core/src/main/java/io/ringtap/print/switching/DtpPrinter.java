package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// Cisco's Dynamic Trunking Protocol: whether a port carries several VLANs. With `-v` its fields.
public final class DtpPrinter implements Protocol {
  private static final int FIELD = 4; // bytes: a type, a length

  private static final Names FIELDS =
      Names.of(
          """
          1 Domain
          2 Status
          3 DTP type
          4 Neighbor\
          """);

  private final Line line;

  public DtpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long first, long length) {
    line.enter("dtp");
    if (length < 1) {
      line.text("[zero packet length]");
      line.invalid();
      return;
    }
    line.print("DTPv%u, length %u", line.u8(first), length);
    long at = first + 1;
    long end = first + length;
    while (line.isVerbose() && at < end && !line.isCut()) {
      int bytes = field(at, end - at);
      if (bytes == 0) {
        line.invalid(at, end - at);
      }
      if (bytes <= 0) {
        return;
      }
      at += bytes;
    }
  }

  /// @return its bytes; 0 if it is malformed, -1 if it is the last
  private int field(long at, long rest) {
    if (rest < FIELD) {
      line.print("[%u bytes remaining]", rest);
      return 0;
    }
    int type = line.u16(at);
    int length = line.u16(at + 2);
    if (type == 0) {
      return -1;
    }
    line.text("\n\t").text(FIELDS.find(type, "Unknown"));
    line.print(" (0x%04x) TLV, length %u", type, length);
    if (length < FIELD || length > rest) {
      line.print("[invalid TLV length %u]", length);
      return 0;
    }
    switch (type) {
      case 1 -> line.text(", ").visibleName(at + FIELD, length - FIELD);
      case 2, 3 -> {
        if (length != 5) {
          return 0;
        }
        line.print(", 0x%x", line.u8(at + FIELD));
      }
      case 4 -> {
        if (length != 10) {
          return 0;
        }
        if (line.needs(at + FIELD, 6)) {
          line.text(", ").hardware(at + FIELD, 6);
        }
      }
      default -> {
        boolean _ = line.needs(at, length);
      }
    }
    return length;
  }
}
