package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The fields of LLDP that IEEE 802.1 defines for VLANs and data centers (IEEE 802.1Q annex D).
final class LldpBridge {
  private static final String INDICATOR =
      "\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ";

  private static final Names KINDS =
      Names.of(
          """
          1 Port VLAN Id
          2 Port and Protocol VLAN ID
          3 VLAN name
          4 Protocol Identity
          7 Link aggregation
          8 Congestion Notification
          9 ETS Configuration
          10 ETS Recommendation
          11 Priority Flow Control Configuration
          12 Application Priority
          13 EVB
          14 CDCP\
          """);

  private static final BitNames PROTOCOL_VLAN =
      BitNames.of(
          ", ",
          """
          2 supported
          4 enabled\
          """);

  private static final String[] MODES = {
    "Not Supported", "EVB Bridge", "EVB Station", "Reserved for future Standardization"
  };

  private final Line line;

  LldpBridge(Line line) {
    this.line = line;
  }

  /// Prints a value.
  ///
  /// @param length of the value, from the organization on, 4 or more bytes
  /// @return false if it is not known, and to be dumped
  boolean print(long at, int length) {
    int kind = line.u8(at + 3);
    LldpOrganizations.kind(line, KINDS, kind);
    int least =
        switch (kind) {
          case 1, 3, 8, 11 -> 6;
          case 2 -> 7;
          case 4, 12 -> 5;
          case 7, 13 -> 9;
          case 9, 10 -> 25;
          case 14 -> 8;
          default -> 0;
        };
    if (least > 0 && length >= least) {
      value(kind, at, length);
    }
    return least > 0;
  }

  private void value(int kind, long at, int length) {
    int first = line.u8(at + 4);
    switch (kind) {
      case 1 -> line.print("\n\t    port vlan id (PVID): %u", line.u16(at + 4));
      case 2 -> {
        line.print("\n\t    port and protocol vlan id (PPVID): %u", line.u16(at + 5));
        line.text(", flags [").bits(PROTOCOL_VLAN, first, "none").print("] (0x%02x)", first);
      }
      case 3 -> {
        line.print("\n\t    vlan id (VID): %u", line.u16(at + 4));
        if (length >= 7 && length >= 7 + line.u8(at + 6)) {
          line.text("\n\t    vlan name: ").visibleName(at + 7, line.u8(at + 6));
        }
      }
      case 4 -> {
        if (length >= 5 + first) {
          line.text("\n\t    protocol identity: ").visibleName(at + 5, first);
        }
      }
      case 7 -> LldpOrganizations.aggregation(line, at);
      case 8 -> {
        line.text("\n\t    Pre-Priority CNPV Indicator").text(INDICATOR);
        indicator(first);
        line.text("\n\t    Pre-Priority Ready Indicator").text(INDICATOR);
        indicator(line.u8(at + 5));
      }
      case 9 -> {
        // As in tcpdump, CBS is 0 or 2.
        line.print("\n\t    Willing:%u, CBS:%u", first >> 7, first >> 6 & 2);
        line.print(", RES:%u, Max TCs:%u", first >> 3 & 7, first & 7);
        tables(at);
      }
      case 10 -> {
        line.print("\n\t    RES: %u", first);
        tables(at);
      }
      case 11 -> {
        line.print("\n\t    Willing: %u, MBC: %u", first >> 7, first >> 6 & 1);
        line.print(", RES: %u, PFC cap:%u ", first >> 4 & 3, first & 0xF);
        line.text("\n\t    PFC Enable").text(INDICATOR);
        indicator(line.u8(at + 5));
      }
      case 12 -> {
        line.print("\n\t    RES: %u", first);
        applications(at + 5, length - 5);
      }
      case 13 -> virtualBridging(at);
      case 14 -> {
        line.print("\n\t    Role: %u, RES: %u", first >> 7, first >> 4 & 7);
        line.print(", Scomp: %u ChnCap: %u", first >> 3 & 1, line.u16(at + 6) & 0xFFF);
        for (int i = 8; (length - 8) % 3 == 0 && i < length; i += 3) {
          int channel = line.u24(at + i);
          line.print("\n\t    SCID: %u, SVID: %u", channel >> 12, channel & 0xFFF);
        }
      }
      default -> {}
    }
  }

  private void indicator(int bits) {
    for (int i = 0; i < 8; i++) {
      line.text((bits >> i & 1) == 0 ? "0  " : "1  ");
    }
  }

  /// The tables of enhanced transmission selection.
  private void tables(long at) {
    line.text("\n\t    Priority Assignment Table");
    line.text("\n\t     Priority : 0   1   2   3   4   5   6   7");
    line.text("\n\t     Value    :");
    for (int i = 0; i < 4; i++) {
      column(line.u8(at + 5 + i) >> 4);
      column(line.u8(at + 5 + i) & 0xF);
    }
    line.text("\n\t    TC Bandwidth Table");
    line.text("\n\t     TC%   : 0   1   2   3   4   5   6   7");
    line.text("\n\t     Value :");
    columns(at + 9);
    line.text("\n\t    TSA Assignment Table");
    line.text("\n\t     Traffic Class: 0   1   2   3   4   5   6   7");
    line.text("\n\t     Value        :");
    columns(at + 17);
  }

  private void columns(long at) {
    for (int i = 0; i < 8; i++) {
      column(line.u8(at + i));
    }
  }

  /// Prints a number of at most three digits after a space, filled up to three.
  private void column(int value) {
    int digits = value > 99 ? 3 : value > 9 ? 2 : 1;
    line.text(" ").number(value);
    line.out().repeat(' ', 3 - digits);
  }

  private void applications(long at, int length) {
    if (length == 0 || length % 3 != 0) {
      return;
    }
    line.text("\n\t    Application Priority Table");
    for (int i = 0; i < length; i += 3) {
      int value = line.u8(at + i);
      line.print("\n\t      Priority: %u, RES: %u", value >> 5, value >> 3 & 3);
      line.print(", Sel: %u, Protocol ID: %u", value & 7, line.u16(at + i + 1));
    }
  }

  private void virtualBridging(long at) {
    int bridge = line.u8(at + 4);
    line.text("\n\t    EVB Bridge Status");
    line.print("\n\t      RES: %u, BGID: %u", bridge >> 3, bridge >> 2 & 1);
    line.print(", RRCAP: %u, RRCTR: %u", bridge >> 1 & 1, bridge & 1);
    int station = line.u8(at + 5);
    line.text("\n\t    EVB Station Status");
    line.print("\n\t      RES: %u, SGID: %u", station >> 4, station >> 3 & 1);
    line.print(", RRREQ: %u,RRSTAT: %u", station >> 2 & 1, station & 3);
    int retries = line.u8(at + 6);
    line.print("\n\t    R: %u, RTE: %u, ", retries >> 5, retries & 0x1F);
    int mode = line.u8(at + 7);
    line.text("EVB Mode: ").text(MODES[mode >> 6]).print(" [%u]", mode >> 6);
    line.print("\n\t    ROL: %u, RWD: %u, ", mode >> 5 & 1, mode & 0x1F);
    int reserve = line.u8(at + 8);
    line.print("RES: %u, ROL: %u, RKA: %u", reserve >> 6, reserve >> 5 & 1, reserve & 0x1F);
  }
}
