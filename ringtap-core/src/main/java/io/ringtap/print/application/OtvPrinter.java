package io.ringtap.print.application;

import io.ringtap.packet.LinkType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// OTV: Ethernet in UDP (draft-hasmit-otv). Its port and form are also those of VXLAN in Linux, if
/// no other port is given.
public final class OtvPrinter implements Protocol {
  private static final int BYTES = 8;
  private static final int HAS_IDENTIFIER = 0x08;

  private final Line line;
  private final Protocols protocols;

  public OtvPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("otv");
    line.text("OTV, ");
    if (length < BYTES) {
      line.print("[length %u < %u]", length, BYTES).invalid(at, length);
      return;
    }
    int flags = line.u8(at);
    line.text("flags [").text((flags & HAS_IDENTIFIER) != 0 ? "I" : ".");
    line.print("] (0x%02x), ", flags);
    line.print("overlay %u, ", line.u24(at + 1));
    line.print("instance %u\n", line.u24(at + 4));
    if (!line.needs(at, BYTES)) {
      return;
    }
    boolean _ =
        protocols.print(
            NumberSpace.LINK_TYPE, LinkType.LINKTYPE_ETHERNET, at + BYTES, length - BYTES);
  }
}
