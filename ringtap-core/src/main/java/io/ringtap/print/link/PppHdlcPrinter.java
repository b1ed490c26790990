package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// PPP in the framing of HDLC (RFC 1662), without flags and escapes, or Cisco's HDLC.
public final class PppHdlcPrinter implements Protocol {
  private static final int ALL_STATIONS = 0xFF; // the address

  private final Line line;
  private final PppPayload payload;
  private final ChdlcPrinter cisco;

  public PppHdlcPrinter(Line line, Protocols protocols, ChdlcPrinter cisco) {
    this.line = line;
    this.cisco = cisco;
    this.payload = new PppPayload(line, protocols);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ppp_hdlc");
    if (line.has(at, 2) && ChdlcPrinter.isAddress(line.u8(at))) {
      cisco.print(at, length);
      return;
    }
    if (!line.needs(at, 4)) {
      return;
    }
    if (line.hasLinkHeader()) {
      line.print("%02x %02x %u ", line.u8(at), line.u8(at + 1), length);
    }
    if (line.u8(at) == ALL_STATIONS) {
      int protocol = line.u16(at + 2);
      payload.name(protocol);
      line.text(": ");
      line.payload(at + 4);
      payload.print(protocol, at + 4, length - 4);
    } else {
      line.payload(at + 2);
      line.print("unknown addr %02x; ctrl %02x", line.u8(at + 2), line.u8(at + 3));
    }
  }
}
