package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// A stack of MPLS labels (RFC 3032), and the IP or OSI packet after it.
public final class MplsPrinter implements Protocol {
  private static final int ENTRY = 4; // bytes
  private static final int BOTTOM = 0x100;
  private static final int IPV4_NULL = 0;
  private static final int OSI_SAP = 0xFE; // of LLC
  private static final int IPV6_NULL = 2;
  private static final int RESERVED = 16; // the first label that is not

  private final Line line;
  private final Protocols protocols;

  public MplsPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long first, long length) {
    line.enter("mpls");
    line.text("MPLS");
    long at = first;
    long rest = length;
    long entry = 0;
    while ((entry & BOTTOM) == 0) {
      if (rest < ENTRY) {
        line.invalid(at, rest);
        return;
      }
      if (!line.needs(at, ENTRY)) {
        return;
      }
      entry = line.u32(at);
      line.text(at > first && line.isVerbose() ? "\n\t" : " ");
      entry(entry);
      at += ENTRY;
      rest -= ENTRY;
    }
    if (rest > 0) {
      payload(entry >>> 12, at, rest);
    }
  }

  private void entry(long entry) {
    long label = entry >>> 12;
    line.print("(label %u", label);
    if (line.isVerbose() && label < RESERVED) {
      line.text(
          switch ((int) label) {
            case IPV4_NULL -> " (IPv4 explicit NULL)";
            case 1 -> " (router alert)";
            case IPV6_NULL -> " (IPv6 explicit NULL)";
            case 3 -> " (implicit NULL)";
            default -> " (rsvd)";
          });
    }
    line.print(", tc %u", entry >>> 9 & 7).text((entry & BOTTOM) != 0 ? ", [S]" : "");
    line.print(", ttl %u)", entry & 0xFF);
  }

  /// Only a reserved label says what follows; after others the first bits of the payload decide.
  private void payload(long label, long at, long length) {
    boolean isNull = label == IPV4_NULL || label == IPV6_NULL;
    int first = isNull ? 0 : line.u8(at);
    boolean isIpv4 = label == IPV4_NULL || (first >= 0x45 && first <= 0x4F);
    boolean isIpv6 = label == IPV6_NULL || first >> 4 == 6;
    if (isIpv4 || isIpv6) {
      line.text(line.isVerbose() ? "\n\t" : " ");
      int type = isIpv4 ? EtherType.IPV4 : EtherType.IPV6;
      boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, at, length);
    } else if (first >= 0x81 && first <= 0x83) {
      line.text(line.isVerbose() ? "\n\t" : " ");
      boolean _ = protocols.print(NumberSpace.LLC_SAP, OSI_SAP, at, length);
    } else if (!line.isCut() && line.dumpsUnknown()) {
      line.unknown(at);
      boolean _ = line.needs(at, length);
    }
  }
}
