package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// Unidirectional link detection (RFC 5171). With `-v` the fields of a message.
public final class UdldPrinter implements Protocol {
  private static final int HEADER = 4; // bytes, of the message and of each field

  private static final Names CODES =
      Names.of(
          """
          1 Probe message
          2 Echo message
          3 Flush message\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 RT
          0x02 RSY
          0x04 MBZ-2
          0x08 MBZ-3
          0x10 MBZ-4
          0x20 MBZ-5
          0x40 MBZ-6
          0x80 MBZ-7\
          """);

  private static final Names FIELDS =
      Names.of(
          """
          1 Device-ID TLV
          2 Port-ID TLV
          3 Echo TLV
          4 Message Interval TLV
          5 Timeout Interval TLV
          6 Device Name TLV
          7 Sequence Number TLV\
          """);

  private final Line line;

  public UdldPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long first, long length) {
    line.enter("udld");
    if (length < HEADER) {
      line.invalid(first, length);
      return;
    }
    int code = line.u8(first) & 0x1F;
    int version = line.u8(first) >> 5;
    int flags = line.u8(first + 1);
    line.print("UDLDv%u, Code ", version).text(CODES.find(code, "Reserved"));
    line.print(" (%x), Flags [", code).bits(FLAGS, flags, "none");
    line.print("] (0x%02x), length %u", flags, length);
    if (!line.isVerbose()) {
      boolean _ = line.needs(first + 2, length - 2);
      return;
    }
    line.print("\n\tChecksum 0x%04x (unverified)", line.u16(first + 2));
    long at = first + HEADER;
    long end = first + length;
    while (at < end && !line.isCut()) {
      if (end - at < HEADER) {
        line.invalid(at, end - at);
        return;
      }
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      line.text("\n\t").text(FIELDS.find(type, "Unknown"));
      line.print(" (0x%04x) TLV, length %u", type, bytes);
      at += HEADER;
      bytes -= HEADER;
      if (bytes <= 0 || bytes > end - at || !value(type, at, bytes)) {
        line.invalid(at, end - at);
        return;
      }
      at += bytes;
    }
  }

  /// @return false if it has a wrong length
  private boolean value(int type, long at, int length) {
    switch (type) {
      case 1, 2, 6 -> line.text(", ").visibleName(at, length);
      case 3 -> line.text(", ").visibleText(at, length);
      case 4, 5 -> {
        if (length != 1) {
          return false;
        }
        line.print(", %us", line.u8(at));
      }
      case 7 -> {
        if (length != 4) {
          return false;
        }
        line.print(", %u", line.u32(at));
      }
      default -> {
        boolean _ = line.needs(at, length);
      }
    }
    return true;
  }
}
