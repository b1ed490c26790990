package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// The slow protocols of Ethernet (IEEE 802.3 annex 57A): LACP and its marker protocol (IEEE
/// 802.1AX), and OAM. With `-v` also their values.
public final class SlowPrinter implements Protocol {
  private static final int LACP = 1;
  private static final int MARKER = 2;
  private static final int OAM = 3;
  private static final int VERSION = 1;
  private static final int HEADER = 2; // bytes of a field: a type and a length

  private static final Names LACP_FIELDS =
      Names.of(
          """
          0 Terminator
          1 Actor Information
          2 Partner Information
          3 Collector Information\
          """);

  private static final Names MARKER_FIELDS =
      Names.of(
          """
          0 Terminator
          1 Marker Information\
          """);

  private static final BitNames STATES =
      BitNames.of(
          ", ",
          """
          0x01 Activity
          0x02 Timeout
          0x04 Aggregation
          0x08 Synchronization
          0x10 Collecting
          0x20 Distributing
          0x40 Default
          0x80 Expired\
          """);

  private final Line line;
  private final OamPrinter oam;

  public SlowPrinter(Line line) {
    this.line = line;
    this.oam = new OamPrinter(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("slow");
    if (length < 1) {
      tooShort(line);
      return;
    }
    int kind = line.u8(at);
    switch (kind) {
      case LACP -> fields("LACP", LACP_FIELDS, at, length);
      case MARKER -> fields("MARKER", MARKER_FIELDS, at, length);
      case OAM -> {
        line.print("OAM, length %u", length);
        if (line.isVerbose()) {
          oam.print(at + 1, at + length);
        }
      }
      default -> {
        line.print("unknown (%u), length %u", kind, length);
        line.hexDump("\n\t", at, length, false);
      }
    }
  }

  static void tooShort(Line line) {
    line.text(line.isVerbose() ? "\n\t\t packet is too short" : " (packet is too short)");
  }

  private void fields(String name, Names names, long at, long length) {
    if (length < 2) {
      tooShort(line);
      return;
    }
    int version = line.u8(at + 1);
    if (version != VERSION) {
      line.text(name).print(" version %u packet not supported", version);
      return;
    }
    line.text(name).print("v%u, length %u", version, length);
    if (line.isVerbose()) {
      fields(names, at + 2, at + length);
    }
  }

  private void fields(Names names, long first, long end) {
    long at = first;
    while (at < end && !line.isCut()) {
      if (end - at < HEADER) {
        tooShort(line);
        return;
      }
      int type = line.u8(at);
      int length = line.u8(at + 1);
      line.text("\n\t").text(names.find(type, "Unknown"));
      line.print(" TLV (0x%02x), length %u", type, length);
      if (type == 0) {
        return;
      }
      if (length < HEADER) {
        line.text("\n\t    ERROR: illegal length - should be >= 2");
        return;
      }
      if (end - at < length) {
        tooShort(line);
        return;
      }
      if (line.needs(at, length)) {
        value(names, type, at + HEADER, length);
      }
      at += length;
    }
  }

  private void value(Names names, int type, long at, int length) {
    boolean isKnown = names.find(type) != null;
    int right = names == MARKER_FIELDS || type == 3 ? 16 : 20;
    if (isKnown && length != right) {
      line.print("\n\t    ERROR: illegal length - should be %u", right);
    } else if (!isKnown) {
      if (line.verbosity() == 1) {
        dump(at, length);
      }
    } else if (names == MARKER_FIELDS) {
      line.text("\n\t  Request System ").hardware(at + 2, 6);
      line.print(
          ", Request Port %u, Request Transaction ID 0x%08x", line.u16(at), line.u32(at + 8));
    } else if (type == 3) {
      line.print("\n\t  Max Delay %u", line.u16(at));
    } else {
      line.text("\n\t  System ").hardware(at + 2, 6);
      line.print(", System Priority %u, Key %u", line.u16(at), line.u16(at + 8));
      line.print(", Port %u, Port Priority %u", line.u16(at + 12), line.u16(at + 10));
      line.text("\n\t  State Flags [").bits(STATES, line.u8(at + 14), "none").text("]");
    }
    if (line.verbosity() > 1) {
      dump(at, length);
    }
  }

  private void dump(long at, int length) {
    line.hexDump("\n\t  ", at, length - HEADER, false);
  }
}
