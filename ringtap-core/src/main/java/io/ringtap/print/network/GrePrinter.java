package io.ringtap.print.network;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinkType;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// Generic routing encapsulation (RFC 2784, RFC 2890), and its version 1 of PPTP (RFC 2637).
public final class GrePrinter implements Protocol {
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int OSI = 0xFE;
  private static final int TRANSPARENT_ETHERNET = 0x6558;
  private static final int PPP = 0x880B;

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x8000 checksum present
          0x4000 routing present
          0x2000 key present
          0x1000 sequence# present
          0x0800 source routing present
          0x0080 ack present\
          """);

  private final Line line;
  private final Protocols protocols;
  private final Protocol ppp;

  public GrePrinter(Line line, Protocols protocols, Protocol ppp) {
    this.line = line;
    this.protocols = protocols;
    this.ppp = ppp;
  }

  @Override
  public void print(long at, long length) {
    line.enter("gre");
    int flags = line.u16(at);
    int version = flags & 7;
    line.print("GREv%u", version);
    if (version > 1) {
      line.text(" ERROR: unknown-version");
      return;
    }
    if (line.isVerbose()) {
      line.text(", Flags [").bits(FLAGS, flags, "none").text("]");
    }
    int type = line.u16(at + 2);
    long payload = version == 0 ? fields(flags, at + 4) : fieldsOfVersion1(flags, at + 4);
    if (line.hasLinkHeader()) {
      line.text(", proto ").text(word(type)).print(" (0x%04x)", type);
    }
    line.print(", length %u", length);
    if (version == 1 && (flags & SEQUENCE) == 0) {
      return;
    }
    line.text(line.isVerbose() ? "\n\t" : ": ");
    if (!payload(version, type, payload, length - (payload - at))) {
      line.print("gre-proto-0x%x", type);
    }
  }

  private static String word(int type) {
    String word = EtherType.word(type);
    return switch (type) {
      case OSI -> "GRE-OSI";
      case TRANSPARENT_ETHERNET -> "TEB";
      case PPP -> "PPP";
      default -> word.equals("Unknown") ? "unknown" : word;
    };
  }

  /// @return the offset after the fields
  private long fields(int flags, long first) {
    long at = first;
    if ((flags & (CHECKSUM | ROUTING)) != 0) {
      int sum = line.u16(at);
      if (line.isVerbose()) {
        line.print(", sum 0x%x", sum);
      }
      line.print(", off 0x%x", line.u16(at + 2));
      at += 4;
    }
    if ((flags & KEY) != 0) {
      line.print(", key=0x%x", line.u32(at));
      at += 4;
    }
    if ((flags & SEQUENCE) != 0) {
      line.print(", seq %u", line.u32(at));
      at += 4;
    }
    return at;
  }

  private long fieldsOfVersion1(int flags, long first) {
    long at = first;
    if ((flags & KEY) != 0) {
      line.print(", call %u", line.u32(at) & 0xFFFF);
      at += 4;
    }
    if ((flags & SEQUENCE) != 0) {
      line.print(", seq %u", line.u32(at));
      at += 4;
    }
    if ((flags & ACKNOWLEDGMENT) != 0) {
      line.print(", ack %u", line.u32(at));
      at += 4;
    }
    if ((flags & SEQUENCE) == 0) {
      line.text(", no-payload");
    }
    return at;
  }

  private boolean payload(int version, int type, long at, long length) {
    if (version == 1) {
      if (type == PPP) {
        ppp.print(at, length);
      }
      return type == PPP;
    }
    return switch (type) {
      case TRANSPARENT_ETHERNET ->
          protocols.print(NumberSpace.LINK_TYPE, LinkType.LINKTYPE_ETHERNET, at, length);
      case OSI -> protocols.print(NumberSpace.LLC_SAP, OSI, at, length);
      case EtherType.IPV4, EtherType.IPV6, 0x8847, 0x8848 ->
          protocols.print(NumberSpace.ETHER_TYPE, type, at, length);
      default -> false;
    };
  }
}
