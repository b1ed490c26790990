package io.ringtap.print.application;

import io.ringtap.packet.LinkType;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// L2TP version 2: PPP in UDP (RFC 2661).
public final class L2tpPrinter implements Protocol {
  private static final int VERSION = 0x000F;
  private static final int L2F = 1; // RFC 2341
  private static final int L2TP = 2;

  private static final int IS_CONTROL = 0x8000;
  private static final int HAS_LENGTH = 0x4000;
  private static final int HAS_SEQUENCE = 0x0800;
  private static final int HAS_OFFSET = 0x0200;

  private static final BitNames FLAGS =
      BitNames.of(
          "",
          """
          0x8000 T
          0x4000 L
          0x0800 S
          0x0200 O
          0x0100 P\
          """);

  private final Line line;
  private final Protocols protocols;
  private final L2tpAttributes attributes;

  public L2tpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.attributes = new L2tpAttributes(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("l2tp");
    int flags = line.u16(first);
    if (line.isCut()) {
      return;
    }
    switch (flags & VERSION) {
      case L2F -> {
        line.text(" l2f:");
        return;
      }
      case L2TP -> line.text(" l2tp:");
      default -> {
        line.text(" Unknown Version, neither L2F(1) nor L2TP(2)");
        return;
      }
    }
    line.text("[").bits(FLAGS, flags, "").text("]");
    long at = first + 2;
    int claimed = 0;
    if ((flags & HAS_LENGTH) != 0) {
      claimed = line.u16(at);
      at += 2;
    }
    line.print("(%u/", line.u16(at));
    line.print("%u)", line.u16(at + 2));
    at += 4;
    if ((flags & HAS_SEQUENCE) != 0) {
      line.print("Ns=%u,", line.u16(at));
      line.print("Nr=%u", line.u16(at + 2));
      at += 4;
    }
    if ((flags & HAS_OFFSET) != 0) {
      int padding = line.u16(at);
      boolean _ = line.needs(at + 2, padding);
      at += 2 + padding;
    }
    if (!line.isCut()) {
      payload(flags, claimed, first, at, first + length);
    }
  }

  private void payload(int flags, int claimed, long first, long at, long end) {
    boolean hasLength = (flags & HAS_LENGTH) != 0;
    if (hasLength && claimed > end - first) {
      line.print(" Length %u larger than packet", claimed);
    } else if (hasLength && claimed < at - first) {
      line.print(" Length %u smaller than header length", claimed);
    } else if ((flags & IS_CONTROL) == 0) {
      line.text(" {");
      boolean _ = protocols.print(NumberSpace.LINK_TYPE, LinkType.LINKTYPE_PPP, at, end - at);
      line.text("}");
    } else if (!hasLength) {
      line.text(" No length");
    } else if (at >= end) {
      line.text(" ZLB");
    } else {
      attributes.print(at, end);
    }
  }
}
