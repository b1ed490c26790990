package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;
import io.ringtap.print.link.LlcPrinter;

/// An 802.11 frame (IEEE 802.11 §9.2): a network's management, control of the medium, or data.
public final class WirelessPrinter implements Protocol {
  private static final int MANAGEMENT = 0;
  private static final int CONTROL = 1;
  private static final int DATA = 2;
  private static final int HEADER = 24; // bytes of a frame with three addresses
  private static final int BOTH_DIRECTIONS = 3; // between access points, with a fourth address
  private static final int PROTECTED = 0x40;
  private static final int HAS_HT_CONTROL = 0x80;
  private static final int QOS = 8; // of the subtype
  private static final int NO_DATA = 4; // of the subtype

  private final Line line;
  private final LlcPrinter llc;
  private final WirelessHeader header;
  private final WirelessManagement management;
  private final WirelessControl control;

  public WirelessPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.llc = new LlcPrinter(line, protocols);
    this.header = new WirelessHeader(line);
    this.management = new WirelessManagement(line);
    this.control = new WirelessControl(line);
  }

  @Override
  public void print(long at, long length) {
    print(at, length, false);
  }

  /// Prints a frame.
  ///
  /// @param isPadded whether what follows the header begins at a multiple of four bytes
  void print(long at, long length, boolean isPadded) {
    line.enter("802.11");
    int type = line.u8(at) >> 2 & 3;
    int subtype = line.u8(at) >> 4;
    int flags = line.u8(at + 1);
    int bytes =
        switch (type) {
          case MANAGEMENT -> HEADER;
          case CONTROL -> WirelessControl.bytes(subtype);
          case DATA -> dataHeader(subtype, flags);
          default -> 0;
        };
    if (bytes == 0) {
      if (type == CONTROL) {
        line.print("unknown 802.11 ctrl frame subtype (%u)", subtype);
      } else {
        line.print("unknown 802.11 frame type (%u)", type);
      }
      return;
    }
    int padded = isPadded ? bytes + 3 & ~3 : bytes;
    if (!line.needs(at, padded)) {
      return;
    }
    line.payload(at + padded);
    if (line.hasLinkHeader()) {
      header.print(type, subtype, flags, at);
    }
    switch (type) {
      case MANAGEMENT ->
          management.print(subtype, (flags & PROTECTED) != 0, at, at + padded, length - padded);
      case CONTROL -> control.print(subtype, at);
      default -> data(subtype, flags, at, padded, length);
    }
  }

  private static int dataHeader(int subtype, int flags) {
    boolean isQos = (subtype & QOS) != 0;
    return HEADER
        + ((flags & BOTH_DIRECTIONS) == BOTH_DIRECTIONS ? 6 : 0)
        + (isQos ? 2 : 0)
        + (isQos && (flags & HAS_HT_CONTROL) != 0 ? 4 : 0);
  }

  private void data(int subtype, int flags, long at, int bytes, long length) {
    if ((subtype & NO_DATA) != 0) {
      return;
    }
    if ((flags & PROTECTED) != 0) {
      line.text("Data");
      vector(line, at + bytes);
      return;
    }
    switch (flags & BOTH_DIRECTIONS) {
      case 0 -> line.linkAddresses(at + 10, at + 4);
      case 1 -> line.linkAddresses(at + 10, at + 16);
      case 2 -> line.linkAddresses(at + 16, at + 4);
      default -> line.linkAddresses(at + 24, at + 16);
    }
    llc.print(at + bytes, length - bytes);
  }

  /// Prints what precedes encrypted bytes: the initialization vector of WEP, and the key.
  static void vector(Line line, long at) {
    long vector = line.littleU32(at);
    String digits = Long.toHexString(vector & 0xFFFFFF);
    if (!line.isCut()) {
      line.text(" IV:").text(" ".repeat(Math.max(0, 3 - digits.length()))).text(digits);
      line.print(" Pad %x KeyID %x", vector >>> 24 & 0x3F, vector >>> 30);
    }
  }
}
