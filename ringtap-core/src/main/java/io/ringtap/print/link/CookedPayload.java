package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.print.line.Line;

/// What the two kinds of cooked captures have in common.
final class CookedPayload {
  private final Line line;
  private final EtherPayload payload;

  CookedPayload(Line line, EtherPayload payload) {
    this.line = line;
    this.payload = payload;
  }

  /// Prints what follows the header.
  ///
  /// @return false if it is not known, and only tags before it were printed
  boolean print(int type, long at, long length) {
    line.payload(at);
    return type >= EtherType.MIN && payload.print(type, at, length) == EtherPayload.PRINTED;
  }

  /// Prints the parts of the header that both kinds have.
  void header(long sender, int senderLength, int type, long length) {
    if (senderLength == 6) {
      line.hardware(sender, senderLength).text(" ");
    }
    if (line.isQuiet()) {
      return;
    }
    if (type < EtherType.MIN) {
      line.print("protocol 0x%04x", type);
    } else {
      payload.type(type);
    }
    line.print(", length %u: ", length);
  }

  static String direction(int packetType) {
    return switch (packetType) {
      case LinuxSll.HOST -> "In";
      case LinuxSll.BROADCAST -> "B";
      case LinuxSll.MULTICAST -> "M";
      case LinuxSll.OTHERHOST -> "P";
      case LinuxSll.OUTGOING -> "Out";
      default -> "?";
    };
  }
}
