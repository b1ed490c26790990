package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The management frames of 802.11 (IEEE 802.11 §9.3.3): how networks are announced, found, joined
/// and left.
final class WirelessManagement {
  private static final int PRIVACY = 0x10; // of the capabilities
  private static final int INFRASTRUCTURE = 0x01;
  private static final int SHARED_KEY = 1;
  private static final int NAME = 0; // elements
  private static final int RATES = 1;
  private static final int CHANNEL = 3;
  private static final int INDICATION_MAP = 5;
  private static final int CHALLENGE = 16;

  private static final Names KINDS =
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

  private static final Names ALGORITHMS =
      Names.of(
          """
          0 Open System
          1 Shared Key
          2 EAP\
          """);

  private final Line line;
  private final WirelessActions actions;
  private long name; // offsets of the first elements of a frame, -1 without one
  private long rates;
  private long channel;

  WirelessManagement(Line line) {
    this.line = line;
    this.actions = new WirelessActions(line);
  }

  /// Prints a frame.
  ///
  /// @param frame the offset of its header
  /// @param at the offset of what follows the header
  /// @param length bytes that follow
  void print(int subtype, boolean isProtected, long frame, long at, long length) {
    line.name(KINDS.find(subtype), "Unhandled Management subtype(%x)", subtype);
    if (isProtected) {
      WirelessPrinter.vector(line, at);
      return;
    }
    int fixed =
        switch (subtype) {
          case 0 -> 4;
          case 1, 3, 11 -> 6;
          case 2 -> 10;
          case 5, 8 -> 12;
          case 10, 12, 13 -> 2;
          default -> 0;
        };
    if (length < fixed || !line.has(at, fixed)) {
      line.cut();
      return;
    }
    switch (subtype) {
      case 10 -> line.text(": ").text(reason(at));
      case 12, 13 -> {
        if (!line.hasLinkHeader()) {
          line.text(" (").hardware(frame + 10, 6).text(")");
        }
        line.text(": ");
        if (subtype == 12) {
          line.text(reason(at));
        } else {
          actions.print(at);
        }
      }
      case 0, 1, 2, 3, 4, 5, 8, 11 -> {
        boolean isSound = elements(at + fixed, length - fixed);
        withElements(subtype, at);
        if (!isSound) {
          line.cut();
        }
      }
      default -> {}
    }
  }

  private String reason(long at) {
    return WirelessCodes.REASONS.find(line.littleU16(at), "Reserved");
  }

  private String status(long at) {
    return WirelessCodes.STATUS.find(line.littleU16(at), "n/a");
  }

  private void withElements(int subtype, long at) {
    switch (subtype) {
      case 0, 4 -> {
        name();
        rates();
      }
      case 1, 3 -> {
        line.print(" AID(%x) :", line.littleU16(at + 4) & 0x3FFF);
        line.text((line.littleU16(at) & PRIVACY) != 0 ? " PRIVACY : " : ": ").text(status(at + 2));
      }
      case 2 -> {
        name();
        line.text(" AP : ").hardware(at + 4, 6);
      }
      case 5, 8 -> {
        int capabilities = line.littleU16(at + 10);
        name();
        rates();
        if (subtype == 8) {
          line.text((capabilities & INFRASTRUCTURE) != 0 ? " ESS" : " IBSS");
        }
        if (channel >= 0) {
          line.print(" CH: %u", line.u8(channel));
        }
        line.text((capabilities & PRIVACY) != 0 ? ", PRIVACY" : "");
      }
      default -> authentication(at);
    }
  }

  private void authentication(long at) {
    int algorithm = line.littleU16(at);
    int sequence = line.littleU16(at + 2);
    boolean isChallenge = algorithm == SHARED_KEY && (sequence == 2 || sequence == 3);
    line.text(" (").text(ALGORITHMS.find(algorithm, "Reserved"));
    line.print(")-%x", sequence).text(isChallenge ? " [Challenge Text] " : ": ");
    line.text(sequence % 2 == 1 ? status(at + 4) : "");
  }

  private void name() {
    if (name >= 0) {
      line.text(" (").visibleName(name, line.u8(name - 1)).text(")");
    }
  }

  /// In halves of a megabit per second; the highest bit marks those that all stations have.
  private void rates() {
    if (rates < 0) {
      return;
    }
    int count = line.u8(rates - 1);
    for (int i = 0; i < count; i++) {
      int rate = line.u8(rates + i);
      line.text(i == 0 ? " [" : " ").number((rate & 0x7F) / 2);
      line.text(rate % 2 == 0 ? ".0" : ".5").text(rate >= 0x80 ? "*" : "");
    }
    line.text(" Mbit]");
  }

  /// Looks for the elements that are printed.
  ///
  /// @return false if one is malformed or was not captured; the ones before it have been found
  private boolean elements(long first, long length) {
    name = -1;
    rates = -1;
    channel = -1;
    long at = first;
    long end = first + length;
    while (at < end) {
      int bytes = end - at >= 2 && line.has(at, 2) ? line.u8(at + 1) : -1;
      if (bytes < 0 || end - at < bytes + 2 || !line.has(at + 2, bytes)) {
        return false;
      }
      switch (line.u8(at)) {
        case NAME -> {
          if (bytes > 32) {
            return false;
          }
          name = name < 0 ? at + 2 : name;
        }
        case RATES -> {
          if (bytes > 16) {
            return false;
          }
          rates = rates < 0 && bytes > 0 ? at + 2 : rates;
        }
        case CHANNEL -> channel = channel < 0 && bytes == 1 ? at + 2 : channel;
        case INDICATION_MAP, CHALLENGE -> {
          if (bytes > 253 && (line.u8(at) == CHALLENGE || bytes > 254)) {
            return false;
          }
        }
        default -> {}
      }
      at += 2 + bytes;
    }
    return true;
  }
}
