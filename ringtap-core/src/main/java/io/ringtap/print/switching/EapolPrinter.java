package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// EAPOL of IEEE 802.1X, and with `-v` the EAP packet in it.
public final class EapolPrinter implements Protocol {
  private static final int HEADER = 4; // bytes
  private static final int EAP_PACKET = 0;

  private static final Names TYPES =
      Names.of(
          """
          0 EAP packet
          1 EAPOL start
          2 EAPOL logoff
          3 EAPOL key
          4 Encapsulated ASF alert\
          """);

  private final Line line;
  private final Protocol eap;

  public EapolPrinter(Line line) {
    this.line = line;
    this.eap = new EapPrinter(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("eap");
    int type = line.needs(at, HEADER) ? line.u8(at + 1) : 0;
    int bodyLength = line.u16(at + 2);
    line.text(TYPES.find(type, "unknown"));
    line.print(" (%u) v%u, len %u", type, line.u8(at), bodyLength);
    if (!line.isVerbose() || type != EAP_PACKET) {
      return;
    }
    if (bodyLength == 0) {
      line.mark("eap");
      return;
    }
    line.text(", ");
    eap.print(at + HEADER, bodyLength);
  }
}
