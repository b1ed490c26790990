package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// A packet without a link-level header: the first four bits say which IP version it is.
public final class RawPrinter implements Protocol {
  private final Line line;
  private final Protocols protocols;

  public RawPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("raw");
    if (line.hasLinkHeader()) {
      line.text("ip: ");
    }
    line.enter("ipn");
    if (length < 1) {
      line.print("truncated-ip %u", length);
      return;
    }
    int version = line.u8(at) >>> 4;
    switch (version) {
      case 4 -> pass(EtherType.IPV4, at, length);
      case 6 -> pass(EtherType.IPV6, at, length);
      default -> line.print("unknown ip %u", version);
    }
  }

  private void pass(int type, long at, long length) {
    boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, at, length);
  }
}
