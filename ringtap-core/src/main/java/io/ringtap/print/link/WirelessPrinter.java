package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// An 802.11 frame (IEEE 802.11 §9.2): what data frames carry; of other frames the kind.
public final class WirelessPrinter implements Protocol {
  private static final int MANAGEMENT = 0;
  private static final int CONTROL = 1;
  private static final int DATA = 2;
  private static final int HEADER = 24; // bytes of a data frame with three addresses
  private static final int BOTH_DIRECTIONS = 3; // between access points, with a fourth address
  private static final int PROTECTED = 0x40;
  private static final int HAS_HT_CONTROL = 0x80;
  private static final int QOS = 8; // of the subtype
  private static final int NO_DATA = 4; // of the subtype

  private static final Names MANAGEMENT_FRAMES =
      Names.of(
          """
          0 Assoc Request
          1 Assoc Response
          2 ReAssoc Request
          3 ReAssoc Response
          4 Probe Request
          5 Probe Response
          8 Beacon
          9 ATIM
          10 Disassociation
          11 Authentication
          12 DeAuthentication
          13 Action\
          """);

  private static final Names CONTROL_FRAMES =
      Names.of(
          """
          8 BAR
          9 BA
          10 Power Save-Poll
          11 Request-To-Send
          12 Clear-To-Send
          13 Acknowledgment
          14 CF-End
          15 CF-End+CF-Ack\
          """);

  private final Line line;
  private final LlcPrinter llc;

  public WirelessPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.llc = new LlcPrinter(line, protocols);
  }

  @Override
  public void print(long at, long length) {
    line.enter("802.11");
    int control = line.u8(at);
    int flags = line.u8(at + 1);
    int subtype = control >> 4;
    switch (control >> 2 & 3) {
      case MANAGEMENT ->
          line.name(MANAGEMENT_FRAMES.find(subtype), "Unhandled Management subtype(%x)", subtype);
      case CONTROL -> line.name(CONTROL_FRAMES.find(subtype), "Unknown CTRL Subtype 0x%x", subtype);
      case DATA -> data(subtype, flags, at, length);
      default -> line.print("Unknown type (%u)", control >> 2 & 3);
    }
  }

  private void data(int subtype, int flags, long at, long length) {
    boolean isQos = (subtype & QOS) != 0;
    int header =
        HEADER
            + ((flags & BOTH_DIRECTIONS) == BOTH_DIRECTIONS ? 6 : 0)
            + (isQos ? 2 : 0)
            + (isQos && (flags & HAS_HT_CONTROL) != 0 ? 4 : 0);
    if (length < header || !line.needs(at, header)) {
      line.cut();
      return;
    }
    line.payload(at + header);
    if ((subtype & NO_DATA) != 0) {
      return;
    }
    if ((flags & PROTECTED) != 0) {
      line.text("Data");
      long vector = Integer.toUnsignedLong(Integer.reverseBytes((int) line.u32(at + header)));
      String digits = Long.toHexString(vector & 0xFFFFFF);
      line.text(" IV:").text(" ".repeat(Math.max(0, 3 - digits.length()))).text(digits);
      line.print(" Pad %x KeyID %x", vector >>> 24 & 0x3F, vector >>> 30);
      return;
    }
    llc.print(at + header, length - header);
  }
}
