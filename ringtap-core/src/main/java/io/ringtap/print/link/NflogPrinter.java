package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// What Linux's packet filter logged (`NFLOG`): a header, attributes, and as one of them the
/// packet.
public final class NflogPrinter implements Protocol {
  private static final int HEADER = 4; // bytes, also of an attribute
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int PAYLOAD = 9; // NFULA_PAYLOAD
  private static final int KIND = 0x7FFF; // without the flags of netlink

  private final Line line;
  private final Protocols protocols;

  public NflogPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  /// Attributes are in the byte order of the system that logged the packet: the order in which the
  /// length of the first attribute makes sense.
  @Override
  public void print(long at, long length) {
    line.enter("nflog");
    int family = line.u8(at);
    if (line.hasLinkHeader()) {
      line.print("version %u, resource ID %u, family ", line.u8(at + 1), line.u16(at + 2));
      line.text(family == INET ? "IPv4" : family == INET6 ? "IPv6" : "Unknown");
      line.print(" (%u), length %u: ", family, length);
    }
    long attribute = at + HEADER;
    long end = at + length;
    int littleFirst = line.littleU16(attribute);
    boolean isLittle = littleFirst >= HEADER && littleFirst <= end - attribute;
    while (attribute + HEADER <= end && !line.isCut()) {
      int bytes = word(attribute, isLittle);
      int kind = word(attribute + 2, isLittle) & KIND;
      if (bytes < HEADER || bytes > end - attribute) {
        line.cut();
        return;
      }
      if (kind == PAYLOAD) {
        boolean _ = line.needs(attribute, bytes);
        packet(family, attribute + HEADER, bytes - HEADER);
        return;
      }
      attribute += (bytes + 3) & ~3;
    }
  }

  private int word(long at, boolean isLittle) {
    return isLittle ? line.littleU16(at) : line.u16(at);
  }

  private void packet(int family, long at, long length) {
    line.payload(at);
    if (family == INET || family == INET6) {
      int type = family == INET ? EtherType.IPV4 : EtherType.IPV6;
      boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, at, length);
    } else {
      line.unknown(at);
    }
  }
}
