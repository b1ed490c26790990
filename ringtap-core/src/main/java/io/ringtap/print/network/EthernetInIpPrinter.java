package io.ringtap.print.network;

import io.ringtap.packet.LinkType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// An Ethernet frame in an IPv6 packet (RFC 8986 §4.9).
public final class EthernetInIpPrinter implements Protocol {
  private final Line line;
  private final Protocols protocols;

  public EthernetInIpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    if (line.carrier().isVersion(6, "Ethernet")) {
      boolean _ = protocols.print(NumberSpace.LINK_TYPE, LinkType.LINKTYPE_ETHERNET, at, length);
    }
  }
}
