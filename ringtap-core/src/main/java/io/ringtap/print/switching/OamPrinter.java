package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;

/// Operation, administration and maintenance of Ethernet links (IEEE 802.3 §57), printed with `-v`.
final class OamPrinter {
  private static final int HEADER = 3; // bytes: flags, a code
  private static final int FIELD = 2; // bytes of a field's type and length
  private static final int INFORMATION = 16; // bytes of a field
  private static final int EVENT = 40;

  private static final Names CODES =
      Names.of(
          """
          0x00 Information
          0x01 Event Notification
          0x02 Variable Request
          0x03 Variable Response
          0x04 Loopback Control
          0xfe Vendor Private\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 Link Fault
          0x02 Dying Gasp
          0x04 Critical Event
          0x08 Local Evaluating
          0x10 Local Stable
          0x20 Remote Evaluating
          0x40 Remote Stable\
          """);

  private static final Names INFORMATION_TYPES =
      Names.of(
          """
          0x00 End of TLV marker
          0x01 Local
          0x02 Remote
          0xfe Organization specific\
          """);

  private static final Names EVENTS =
      Names.of(
          """
          0x00 End of TLV marker
          0x01 Errored Symbol Period Event
          0x02 Errored Frame Event
          0x03 Errored Frame Period Event
          0x04 Errored Frame Seconds Summary Event
          0xfe Organization specific\
          """);

  private static final BitNames CONFIGURATION =
      BitNames.of(
          ", ",
          """
          0x01 Active
          0x02 Unidirectional
          0x04 Remote-Loopback
          0x08 Link-Events
          0x10 Variable-Retrieval\
          """);

  private static final Names COMMANDS =
      Names.of(
          """
          1 Enable OAM Remote Loopback
          2 Disable OAM Remote Loopback\
          """);

  private static final String[] PARSERS = {"forwarding", "looping back", "discarding", "reserved"};

  private final Line line;

  OamPrinter(Line line) {
    this.line = line;
  }

  void print(long first, long end) {
    if (end - first < HEADER) {
      SlowPrinter.tooShort(line);
      return;
    }
    if (!line.needs(first, HEADER)) {
      return;
    }
    int code = line.u8(first + 2);
    line.text("\n\tCode ").name(CODES.find(code), "Unknown (%u)", code);
    line.text(" OAM PDU, Flags [").bits(FLAGS, line.u16(first), "none").text("]");
    long at = first + HEADER;
    switch (code) {
      case 0 -> fields(INFORMATION_TYPES, at, end);
      case 1 -> {
        if (end - at < 2) {
          SlowPrinter.tooShort(line);
        } else {
          line.print("\n\t  Sequence Number %u", line.u16(at));
          fields(EVENTS, at + 2, end);
        }
      }
      case 4 -> {
        if (at == end) {
          SlowPrinter.tooShort(line);
        } else {
          int command = line.u8(at);
          line.text("\n\t  Command ").text(COMMANDS.find(command, "Unknown"));
          line.print(" (%u)", command);
        }
      }
      default -> {
        if (line.verbosity() == 1) {
          dump(at, end - at);
        }
      }
    }
  }

  private void dump(long at, long length) {
    line.hexDump("\n\t  ", at, length, false);
  }

  private void fields(Names names, long first, long end) {
    boolean isInformation = names == INFORMATION_TYPES;
    long at = first;
    while (at < end && !line.isCut()) {
      if (end - at < FIELD) {
        SlowPrinter.tooShort(line);
        return;
      }
      if (!line.needs(at, FIELD)) {
        return;
      }
      int type = line.u8(at);
      int length = line.u8(at + 1);
      line.text("\n\t  ").text(names.find(type, "Reserved"));
      line.text(isInformation ? " Information" : " Link Event");
      line.print(" Type (%u), length %u", type, length);
      if (type == 0) {
        return;
      }
      if (length < FIELD) {
        line.text("\n\t    ERROR: illegal length - should be >= 2");
        return;
      }
      if (end - at < length) {
        SlowPrinter.tooShort(line);
        return;
      }
      if (line.needs(at, length)) {
        boolean isPrinted = isInformation ? information(type, at) : event(type, at);
        if (!isPrinted || line.verbosity() > 1) {
          dump(at, length);
        }
      }
      at += length;
    }
  }

  /// @return whether the length has the right size for the type
  private boolean hasLength(long at, int right) {
    boolean isRight = line.u8(at + 1) == right;
    if (!isRight) {
      line.print("\n\t    ERROR: illegal length - should be %u", right);
    }
    return isRight;
  }

  private boolean information(int type, long at) {
    if (type > 2 || !hasLength(at, INFORMATION)) {
      return false;
    }
    line.print("\n\t    OAM-Version %u, Revision %u", line.u8(at + 2), line.u16(at + 3));
    int state = line.u8(at + 5);
    line.text("\n\t    State-Parser-Action ").text(PARSERS[state & 3]);
    line.text((state & 4) == 0 ? ", State-MUX-Action forwarding" : ", State-MUX-Action discarding");
    line.text("\n\t    OAM-Config Flags [").bits(CONFIGURATION, line.u8(at + 6), "none");
    line.print("], OAM-PDU-Config max-PDU size %u", line.u16(at + 7) & 0x7FF);
    int organization = line.u24(at + 9);
    line.text("\n\t    OUI ").text(Organizations.NAMES.find(organization, "Unknown"));
    line.print(" (0x%06x), Vendor-Private 0x%08x", organization, line.u32(at + 12));
    return true;
  }

  private boolean event(int type, long at) {
    if (type > 4 || !hasLength(at, EVENT)) {
      return false;
    }
    line.print("\n\t    Timestamp %u ms", line.u16(at + 2) * 100L);
    counter(", Errored Window ", at + 4);
    counter("\n\t    Errored Threshold ", at + 12);
    counter("\n\t    Errors ", at + 20);
    counter("\n\t    Error Running Total ", at + 28);
    line.print("\n\t    Event Running Total %u", line.u32(at + 36));
    return true;
  }

  private void counter(String name, long at) {
    long value = line.u64(at);
    line.text(name).unsigned(value);
  }
}
