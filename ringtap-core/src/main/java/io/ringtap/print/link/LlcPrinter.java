package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols;

/// Logical link control (IEEE 802.2), whose frames have a length in the place of an EtherType.
public final class LlcPrinter {
  private static final int SNAP = 0xAA;
  private static final int UNNUMBERED = 3; // the lowest bits of the control field
  private static final int INFORMATION_FRAME = 0x03; // UI
  private static final int SUPERVISORY = 1;
  private static final int XID = 0xAF;
  private static final int XID_FORMAT = 0x81;
  private static final int POLL = 0x10; // in one byte
  private static final int LONG_POLL = 0x100; // in two bytes

  private static final Names SAPS =
      Names.of(
          """
          0x00 Null
          0x02 802.1B I
          0x04 SNA
          0x06 IP
          0x0e ProWay NM
          0x42 STP
          0x4e RS511
          0x7e ISO8208
          0x8e ProWay
          0xaa SNAP
          0xe0 IPX
          0xf0 NetBeui
          0xfe OSI\
          """);

  private static final Names COMMANDS =
      Names.of(
          """
          0x03 ui
          0x0f dm
          0x43 disc
          0x63 ua
          0x6f sabme
          0x87 frmr
          0xaf xid
          0xe3 test\
          """);

  private final Line line;
  private final Protocols protocols;
  private final SnapPrinter snap;

  public LlcPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.snap = new SnapPrinter(line, protocols);
  }

  /// Prints a header of LLC and what it carries.
  ///
  /// @param length bytes on the wire
  public void print(long at, long length) {
    line.enter("llc");
    if (length < 3 || !line.has(at, 3)) {
      cut(at);
      return;
    }
    int destinationField = line.u8(at);
    int sourceField = line.u8(at + 1);
    int control = line.u8(at + 2);
    boolean isUnnumbered = (control & UNNUMBERED) == UNNUMBERED;
    int header = isUnnumbered ? 3 : 4;
    if (length < header || !line.has(at, header)) {
      cut(at);
      return;
    }
    if (!isUnnumbered) {
      control |= line.u8(at + 3) << 8; // least significant byte first
    }
    int destination = destinationField & ~1;
    int source = sourceField & ~1;
    if (line.hasLinkHeader()) {
      header(destinationField, sourceField);
      line.print(isUnnumbered ? ", ctrl 0x%02x: " : ", ctrl 0x%04x: ", control);
    }
    long payload = at + header;
    long rest = length - header;
    line.payload(payload);
    if (source == destination && control == INFORMATION_FRAME) {
      if (source == SNAP) {
        if (!snap.print(payload, rest)) {
          line.unknown(at);
        }
        return;
      }
      if (protocols.print(NumberSpace.LLC_SAP, source, payload, rest)) {
        return;
      }
    }
    if (!line.hasLinkHeader()) {
      accessPoints(source, destination);
    }
    if (isUnnumbered) {
      unnumbered(at, control, rest);
    } else if ((control & UNNUMBERED) == SUPERVISORY) {
      line.text("Supervisory, ");
      line.text(
          switch (control >> 2 & 3) {
            case 0 -> "Receiver Ready";
            case 1 -> "Receiver not Ready";
            case 2 -> "Reject";
            default -> "?";
          });
      flags(", rcv seq %u, Flags [", control >> 9 & 0x7F, sourceField, control & LONG_POLL);
      line.print("], length %u", length);
    } else {
      line.print("Information, send seq %u", control >> 1 & 0x7F);
      flags(", rcv seq %u, Flags [", control >> 9 & 0x7F, sourceField, control & LONG_POLL);
      line.print("], length %u", length);
      line.unknown(at);
    }
  }

  private void cut(long at) {
    line.mark("llc");
    line.hexDump(at, true);
  }

  private void header(int destination, int source) {
    line.text("LLC, dsap ").text(SAPS.find(destination & ~1, "Unknown"));
    line.print(" (0x%02x) ", destination & ~1);
    line.text((destination & 1) == 0 ? "Individual" : "Group");
    line.text(", ssap ").text(SAPS.find(source & ~1, "Unknown"));
    line.print(" (0x%02x) ", source & ~1);
    line.text((source & 1) == 0 ? "Command" : "Response");
  }

  private void accessPoints(int source, int destination) {
    if (source != destination) {
      address(line.linkSource());
      line.name(SAPS.find(source), "Unknown SSAP 0x%02x", source).text(" > ");
      address(line.linkDestination());
    } else if (line.linkSource() >= 0) {
      line.hardware(line.linkSource(), 6).text(" > ");
      address(line.linkDestination());
    }
    line.name(SAPS.find(destination), "Unknown DSAP 0x%02x", destination).text(" ");
  }

  private void address(long at) {
    if (at >= 0) {
      line.hardware(at, 6).text(" ");
    }
  }

  /// @param length bytes on the wire after the header
  private void unnumbered(long at, int control, long length) {
    int source = line.u8(at + 1);
    long payload = at + 3;
    int command = control & ~POLL;
    line.text("Unnumbered, ").name(COMMANDS.find(command), "%02x", command);
    flags(", Flags [", 0, source, control & POLL);
    line.print("], length %u", length + 3);
    if (command == XID && length == 0) {
      return;
    }
    if (command == XID && !line.has(payload, 1)) {
      line.mark("llc");
      return;
    }
    if (command == XID && line.u8(payload) == XID_FORMAT) {
      if (!line.has(payload, 3)) {
        cut(payload);
        return;
      }
      line.print(": %02x %02x", line.u8(payload + 1), line.u8(payload + 2));
      return;
    }
    line.unknown(at);
  }

  private void flags(String before, long number, int source, int poll) {
    line.print(before, number);
    if ((source & 1) == 0) {
      line.text(poll == 0 ? "Command" : "Poll");
    } else {
      line.text(poll == 0 ? "Response" : "Final");
    }
  }
}
