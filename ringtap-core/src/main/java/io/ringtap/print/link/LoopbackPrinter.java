package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// BSD loopback: an address family of four bytes, then a packet of it.
public final class LoopbackPrinter implements Protocol {
  private static final int BYTES = 4;
  private static final int INET = 2;
  private static final int OSI = 7;
  private static final int OSI_SAP = 0xFE; // of LLC

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
    long written = line.littleU32(at);
    long family = written >>> 16 != 0 ? line.u32(at) : written;
    boolean isKnown = family == INET || family == OSI || isIpv6(family);
    if (line.hasLinkHeader() || !isKnown) {
      if (line.isQuiet()) {
        line.name(AddressFamilies.BSD.find(family), "Unknown AF %u", family);
      } else {
        line.text("AF ").text(AddressFamilies.BSD.find(family, "Unknown")).print(" (%u)", family);
      }
      line.print(", length %u: ", length);
    }
    long packet = at + BYTES;
    line.payload(packet);
    if (!isKnown) {
      line.unknown(packet);
    } else if (family == OSI) {
      boolean _ = protocols.print(NumberSpace.LLC_SAP, OSI_SAP, packet, length - BYTES);
    } else {
      int type = family == INET ? EtherType.IPV4 : EtherType.IPV6;
      boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, packet, length - BYTES);
    }
  }

  private static boolean isIpv6(long family) {
    return family == 24 || family == 28 || family == 30;
  }
}
