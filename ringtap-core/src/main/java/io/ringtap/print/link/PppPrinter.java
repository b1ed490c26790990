package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// PPP (RFC 1661), whose address, control and first protocol bytes may be left out: in other
/// protocols, or as the link layer.
public final class PppPrinter implements Protocol {
  private static final int ADDRESS_AND_CONTROL = 0xFF03;
  private static final int RECEIVED = 0x0003; // as pppd writes them
  private static final int SENT = 0x0103;
  private static final int HEADER = 4; // bytes: a shorter frame is not printed

  private final Line line;
  private final PppPayload payload;

  public PppPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.payload = new PppPayload(line, protocols);
  }

  /// Prints a frame of which PPP is the link layer.
  public void link(long at, long length) {
    line.enter("ppp");
    if (line.needs(at, HEADER)) {
      line.payload(at + HEADER);
      print(at, length);
    }
  }

  @Override
  public void print(long first, long length) {
    line.enter("ppp");
    if (length < 2) {
      line.cut();
      return;
    }
    long at = first;
    int beginning = line.u16(at);
    if (beginning == ADDRESS_AND_CONTROL || beginning == RECEIVED || beginning == SENT) {
      at += 2;
    }
    if (line.hasLinkHeader() && beginning != ADDRESS_AND_CONTROL && at > first) {
      line.text(beginning == SENT ? "Out " : "In  ");
    }
    if (length - (at - first) < 2) {
      line.cut();
      return;
    }
    boolean isShort = line.u8(at) % 2 == 1;
    int protocol = isShort ? line.u8(at) : line.u16(at);
    at += isShort ? 1 : 2;
    if (line.hasLinkHeader()) {
      String name = PppPayload.PROTOCOLS.find(protocol);
      line.text(name == null ? "unknown" : name);
      line.print(" (0x%04x), length %u", protocol, length);
      if (name == null) {
        return;
      }
      line.text(": ");
    }
    payload.print(protocol, at, length - (at - first));
  }
}
