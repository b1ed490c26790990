package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The control frames of 802.11 (IEEE 802.11 §9.3.1).
final class WirelessControl {
  private static final Names KINDS =
      Names.of(
          """
          7 Control Wrapper
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

  WirelessControl(Line line) {
    this.line = line;
  }

  /// The bytes of a kind of frames; 0 if it is not known.
  static int bytes(int subtype) {
    return switch (subtype) {
      case 7, 10, 11, 14, 15 -> 16;
      case 8 -> 20;
      case 9, 12, 13 -> 10;
      default -> 0;
    };
  }

  void print(int subtype, long at) {
    line.text(KINDS.find(subtype, ""));
    if (subtype == 10) {
      line.print(" AID(%x)", line.littleU16(at + 2));
    } else if (!line.hasLinkHeader()) {
      switch (subtype) {
        case 8 -> acknowledgmentRequest(at);
        case 11 -> line.text(" TA:").hardware(at + 10, 6).text(" ");
        case 9, 12, 13, 14, 15 -> line.text(" RA:").hardware(at + 4, 6).text(" ");
        default -> {}
      }
    }
  }

  private void acknowledgmentRequest(long at) {
    line.text(" RA:").hardware(at + 4, 6).text(" TA:").hardware(at + 10, 6);
    line.print(" CTL(%x) SEQ(%u) ", line.littleU16(at + 16), line.littleU16(at + 18));
  }

  /// Prints the addresses of a frame as `-e` has them.
  void header(int subtype, long at) {
    switch (subtype) {
      case 8 -> acknowledgmentRequest(at);
      case 9, 12, 13 -> line.text("RA:").hardware(at + 4, 6).text(" ");
      case 10 -> pair("BSSID:", " TA:", at);
      case 11 -> pair("RA:", " TA:", at);
      case 14, 15 -> pair("RA:", " BSSID:", at);
      default -> {}
    }
  }

  private void pair(String first, String second, long at) {
    line.text(first).hardware(at + 4, 6).text(second).hardware(at + 10, 6).text(" ");
  }
}
