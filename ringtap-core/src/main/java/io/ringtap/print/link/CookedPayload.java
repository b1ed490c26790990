package io.ringtap.print.link;

import io.ringtap.packet.LinuxSll;
import io.ringtap.print.line.Line;

/// What the two kinds of cooked captures have in common.
final class CookedPayload {
  private static final int RADIOTAP = 803; // ARPHRD_IEEE80211_RADIOTAP
  private static final int NOVELL = 1; // types that are not EtherTypes: ETH_P_802_3
  private static final int LLC = 4; // ETH_P_802_2

  private final Line line;
  private final EtherPayload payload;

  CookedPayload(Line line, EtherPayload payload) {
    this.line = line;
    this.payload = payload;
  }

  /// Prints what follows the header.
  ///
  /// @param hardware the type of the interface, ARPHRD_
  /// @return false if it is not known, and only tags before it were printed
  boolean print(int hardware, int type, long at, long length) {
    line.payload(at);
    if (hardware == RADIOTAP) {
      payload.radiotap(at, length);
    } else if (!EtherPayload.isLength(type)) {
      return !EtherPayload.isJumbo(type) && payload.print(type, at, length) == EtherPayload.PRINTED;
    } else if (type == LLC) {
      payload.llc(at, length);
    } else {
      line.unknown(at);
    }
    return true;
  }

  /// Prints the parts of the header that both kinds have.
  void header(long sender, int senderLength, int type, long length) {
    if (senderLength == 6) {
      line.hardware(sender, senderLength).text(" ");
    }
    if (line.isQuiet()) {
      return;
    }
    switch (type) {
      case NOVELL -> line.text("802.3");
      case LLC -> line.text("802.2");
      default -> payload.type(type);
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
