package io.ringtap.print.link;

import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.VlanTag;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// An Ethernet frame (IEEE 802.3).
public final class EthernetPrinter implements Protocol {
  private static final int PADDING = 2; // bytes
  private static final int MACSEC = 0x88E5;

  private final Line line;
  private final EtherPayload payload;
  private final MacsecPrinter macsec;

  public EthernetPrinter(Line line, EtherPayload payload) {
    this.line = line;
    this.payload = payload;
    this.macsec = new MacsecPrinter(line, payload);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ether");
    if (length < EthernetHeader.BYTES || !line.needs(at, EthernetHeader.BYTES)) {
      line.cut();
      return;
    }
    int type = EthernetHeader.etherType(line.frame(), at);
    if (line.hasLinkHeader()) {
      header(at, type, length);
    }
    line.linkAddresses(at + EthernetHeader.SOURCE, at + EthernetHeader.DESTINATION);
    long first = at + EthernetHeader.BYTES;
    long rest = length - EthernetHeader.BYTES;
    long outer = line.end();
    int unknown = type == MACSEC ? macsec.print(first, rest) : payload.print(type, first, rest);
    if (unknown != EtherPayload.PRINTED) {
      if (!line.hasLinkHeader()) {
        header(at, unknown, length);
      }
      line.unknown(line.payload());
    }
    line.widen(outer);
  }

  /// Prints a frame that follows two bytes of padding (RFC 2684 §5.2).
  public void afterPadding(long at, long length) {
    line.enter("snap");
    if (length < PADDING || !line.needs(at, PADDING)) {
      line.cut();
      return;
    }
    print(at + PADDING, length - PADDING);
  }

  private void header(long at, int type, long length) {
    line.hardware(at + EthernetHeader.SOURCE, 6);
    line.text(" > ").hardware(at + EthernetHeader.DESTINATION, 6).text(", ");
    if (EtherPayload.isTag(type) && !line.has(at + EthernetHeader.BYTES, VlanTag.BYTES)) {
      return;
    }
    if (EtherPayload.isJumbo(type)) {
      return;
    }
    if (EtherPayload.isLength(type)) {
      line.print("802.3, length %u: ", Math.min(type, length - EthernetHeader.BYTES));
    } else {
      payload.type(type);
      line.print(", length %u: ", length);
    }
  }
}
