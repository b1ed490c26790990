package io.ringtap.print.wireless;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;

/// The header of an 802.11 frame, which `-e` prints (IEEE 802.11 §9.2.4).
final class WirelessHeader {
  private static final int MANAGEMENT = 0;
  private static final int CONTROL = 1;
  private static final int POWER_SAVE_POLL = 10; // has an identifier in place of the duration

  private static final int ANY_FLAG = 0xFC; // all but the direction

  private static final BitNames FLAGS =
      BitNames.of(
          " ",
          """
          0x20 More Data
          0x04 More Fragments
          0x10 Pwr Mgmt
          0x08 Retry
          0x80 Strictly Ordered
          0x40 Protected\
          """);

  private final Line line;
  private final WirelessControl control;

  WirelessHeader(Line line) {
    this.line = line;
    this.control = new WirelessControl(line);
  }

  /// Prints the header at `at`, which was captured.
  void print(int type, int subtype, int flags, long at) {
    if (line.isVerbose()) {
      line.bits(FLAGS, flags, "").text((flags & ANY_FLAG) != 0 ? " " : "");
      if (type != CONTROL || subtype != POWER_SAVE_POLL) {
        line.print("%uus ", line.littleU16(at + 2));
      }
    }
    switch (type) {
      case MANAGEMENT -> {
        line.text("BSSID:").hardware(at + 16, 6).text(" DA:").hardware(at + 4, 6);
        line.text(" SA:").hardware(at + 10, 6).text(" ");
      }
      case CONTROL -> control.header(subtype, at);
      default -> {
        contention(subtype);
        addresses(flags & 3, at);
      }
    }
  }

  private void contention(int subtype) {
    if ((subtype & 0xB) != 0) {
      line.text("CF ").text((subtype & 1) != 0 ? "Ack" : "");
      line.text((subtype & 3) == 3 ? "/" : "").text((subtype & 2) != 0 ? "Poll" : "");
      line.text((subtype & 8) != 0 ? "+QoS " : " ");
    }
  }

  /// What the addresses are depends on the direction: to or from the wired network, or both.
  private void addresses(int direction, long at) {
    line.text(
        switch (direction) {
          case 0, 2 -> "DA:";
          case 1 -> "BSSID:";
          default -> "RA:";
        });
    line.hardware(at + 4, 6);
    line.text(
        switch (direction) {
          case 0, 1 -> " SA:";
          case 2 -> " BSSID:";
          default -> " TA:";
        });
    line.hardware(at + 10, 6);
    line.text(
        switch (direction) {
          case 0 -> " BSSID:";
          case 2 -> " SA:";
          default -> " DA:";
        });
    line.hardware(at + 16, 6);
    if (direction == 3) {
      line.text(" SA:").hardware(at + 24, 6);
    }
    line.text(" ");
  }
}
