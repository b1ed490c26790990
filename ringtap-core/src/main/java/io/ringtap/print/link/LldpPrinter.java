package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// LLDP (IEEE 802.1AB): the name of the system. Other values are not printed.
public final class LldpPrinter implements Protocol {
  private static final int SYSTEM_NAME = 5;

  private final Line line;

  public LldpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long first, long length) {
    line.enter("lldp");
    line.print("LLDP, length %u", length);
    long at = first;
    long end = first + length;
    while (at + 2 <= end && !line.isCut()) {
      int head = line.u16(at);
      int type = head >> 9;
      int bytes = head & 0x1FF;
      if (type == 0 || !line.needs(at + 2, bytes) || at + 2 + bytes > end) {
        return;
      }
      if (type == SYSTEM_NAME) {
        line.text(": ");
        for (int i = 0; i < bytes; i++) {
          line.visible(line.u8(at + 2 + i));
        }
      }
      at += 2 + bytes;
    }
  }
}
