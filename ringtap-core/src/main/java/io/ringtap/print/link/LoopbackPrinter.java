package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// BSD loopback: an address family of four bytes, then a packet of it.
public final class LoopbackPrinter implements Protocol {
  private static final int BYTES = 4;
  private static final int INET = 2;

  private final Line line;
  private final Protocols protocols;

  public LoopbackPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  /// The family is in the byte order of the capturing machine, and several numbers stand for IPv6.
  @Override
  public void print(long at, long length) {
    line.enter("null");
    if (!line.needs(at, BYTES)) {
      return;
    }
    long written = line.u32(at);
    long family = written >>> 16 != 0 ? Integer.reverseBytes((int) written) : written;
    boolean isIpv4 = family == INET;
    boolean isIpv6 = family == 10 || family == 24 || family == 28 || family == 30;
    if (line.hasLinkHeader() || !(isIpv4 || isIpv6)) {
      line.text("AF ").text(isIpv4 ? "IPv4" : isIpv6 ? "IPv6" : "Unknown");
      line.print(" (%u), length %u: ", family, length);
    }
    long packet = at + BYTES;
    line.payload(packet);
    if (isIpv4 || isIpv6) {
      int type = isIpv4 ? EtherType.IPV4 : EtherType.IPV6;
      boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, packet, length - BYTES);
    } else {
      line.unknown(packet);
    }
  }
}
