package io.ringtap.print.link;

import io.ringtap.packet.LinuxSll;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// Linux cooked capture: a pseudo-header of 16 bytes.
public final class CookedPrinter implements Protocol {
  private final Line line;
  private final CookedPayload payload;

  public CookedPrinter(Line line, EtherPayload payload) {
    this.line = line;
    this.payload = new CookedPayload(line, payload);
  }

  @Override
  public void print(long at, long length) {
    line.enter("sll");
    if (!line.needs(at, LinuxSll.BYTES)) {
      return;
    }
    if (line.hasLinkHeader()) {
      header(at, length);
    }
    int type = LinuxSll.protocol(line.frame(), at);
    if (!payload.print(line.u16(at + 2), type, at + LinuxSll.BYTES, length - LinuxSll.BYTES)) {
      if (!line.hasLinkHeader()) {
        header(at, length);
      }
      line.unknown(line.payload());
    }
  }

  private void header(long at, long length) {
    String direction = CookedPayload.direction(LinuxSll.packetType(line.frame(), at));
    line.out().repeat(' ', 3 - direction.length());
    line.text(direction).text(" ");
    payload.header(
        at + 6,
        LinuxSll.addressLength(line.frame(), at),
        LinuxSll.protocol(line.frame(), at),
        length);
  }
}
