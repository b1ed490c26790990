package io.ringtap.print.application;

import io.ringtap.packet.LinkType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// VXLAN: Ethernet in UDP (RFC 7348).
public final class VxlanPrinter implements Protocol {
  private static final int BYTES = 8;
  private static final int HAS_IDENTIFIER = 0x08;

  private final Line line;
  private final Protocols protocols;

  public VxlanPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("vxlan");
    if (length < BYTES) {
      line.mark("vxlan");
      return;
    }
    line.text("VXLAN");
    int flags = line.u8(at);
    line.text((flags & HAS_IDENTIFIER) != 0 ? ", flags [I] " : ", flags [invalid] ");
    line.print("(0x%02x), ", flags);
    line.print("vni %u\n", line.u24(at + 4));
    if (!line.needs(at, BYTES)) {
      return;
    }
    boolean _ =
        protocols.print(
            NumberSpace.LINK_TYPE, LinkType.LINKTYPE_ETHERNET, at + BYTES, length - BYTES);
  }
}
