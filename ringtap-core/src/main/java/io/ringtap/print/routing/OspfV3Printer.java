package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// OSPF version 3 (RFC 5340), with the data of link-local signaling (RFC 5613) and the
/// authentication trailer (RFC 7166) after the packet.
final class OspfV3Printer implements Protocol {
  private static final int HEADER = 16; // bytes
  private static final int LINK_LOCAL_SIGNALING = 0x200;
  private static final int LINK_LOCAL_HEADER = 4; // bytes
  private static final int AUTHENTICATION_HEADER = 16; // bytes

  private static final BitNames DESCRIPTION_FLAGS =
      BitNames.of(
          ", ",
          """
          0x04 Init
          0x02 More
          0x01 Master
          0x10 IPv6 MTU\
          """);

  private final Line line;
  private final OspfV3Lsa advertisement;

  OspfV3Printer(Line line) {
    this.line = line;
    this.advertisement = new OspfV3Lsa(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ospf3");
    int type = line.u8(at + 1);
    String name = OspfPrinter.TYPES.find(type);
    line.print("OSPFv%u, ", line.u8(at)).name(name, "unknown packet type (%u)", type);
    line.print(", length %u", length);
    if (name == null || !line.isVerbose()) {
      return;
    }
    int claimed = line.u16(at + 2);
    if (claimed > length) {
      line.print(" [len %u]", claimed);
      return;
    }
    address("\n\tRouter-ID ", at + 4);
    if (line.u32(at + 8) != 0) {
      address(", Area ", at + 8);
    } else {
      line.text(", Backbone Area");
    }
    int instance = line.u8(at + 14);
    if (instance != 0) {
      line.print(", Instance %u", instance);
    }
    if (line.u8(at) == 3) {
      body(type, at + HEADER, at + claimed);
      trailer(type, at, claimed, length - claimed);
    }
  }

  private void body(int type, long at, long end) {
    switch (type) {
      case 1 -> hello(at, end);
      case 2 -> description(at, end);
      case 3 -> request(at, end);
      case 4 -> update(at, end);
      default -> headers(at, end);
    }
  }

  private void hello(long at, long end) {
    options(line.u32(at + 4));
    if (line.needs(at, 12)) {
      line.print("\n\t  Hello Timer %us, Dead Timer %us", line.u16(at + 8), line.u16(at + 10));
      address(", Interface-ID ", at);
      line.print(", Priority %u", line.u8(at + 4));
    }
    if (line.u32(at + 12) != 0) {
      address("\n\t  Designated Router ", at + 12);
    }
    if (line.u32(at + 16) != 0) {
      address(", Backup Designated Router ", at + 16);
    }
    if (line.verbosity() > 1) {
      line.text("\n\t  Neighbor List:");
      for (long neighbor = at + 20; neighbor < end && !line.isCut(); neighbor += 4) {
        address("\n\t    ", neighbor);
      }
    }
  }

  private void description(long at, long end) {
    options(line.u32(at));
    int flags = line.u8(at + 7);
    line.text(", DD Flags [").bits(DESCRIPTION_FLAGS, flags, "none").text("]");
    line.print(", MTU %u, DD-Sequence 0x%08x", line.u16(at + 4), line.u32(at + 8));
    headers(at + 12, end);
  }

  private void headers(long first, long end) {
    for (long at = first; line.verbosity() > 1 && at < end && !line.isCut(); ) {
      advertisement.header(at, end);
      at += OspfV3Lsa.HEADER;
    }
  }

  private void request(long first, long end) {
    for (long at = first; line.verbosity() > 1 && at < end && line.needs(at, 12); at += 12) {
      address("\n\t  Advertising Router ", at + 8);
      advertisement.type(line.u16(at + 2), at + 4);
    }
  }

  private void update(long at, long end) {
    if (line.verbosity() <= 1) {
      return;
    }
    long count = line.u32(at);
    long next = at + 4;
    for (long i = 0; i < count && next < end && !line.isCut(); i++) {
      next = advertisement.print(next, end);
    }
  }

  private void trailer(int type, long packet, int claimed, long length) {
    long at = packet + claimed;
    long options =
        switch (type) {
          case 1 -> line.u32(packet + HEADER + 4);
          case 2 -> line.u32(packet + HEADER);
          default -> 0;
        };
    long rest = length;
    if ((options & LINK_LOCAL_SIGNALING) != 0) {
      int bytes = linkLocal(at, rest);
      at += bytes;
      rest -= bytes;
    }
    authentication(at, rest);
  }

  /// @return its length
  private int linkLocal(long at, long length) {
    if (length == 0) {
      return 0;
    }
    if (length < LINK_LOCAL_HEADER) {
      line.cut();
    }
    line.print("\n\tLLS Checksum 0x%04x", line.u16(at));
    int claimed = line.u16(at + 2);
    line.print(", Data Length %u", claimed);
    if (claimed < LINK_LOCAL_HEADER || claimed > length || !line.needs(at, claimed)) {
      line.cut();
    }
    return claimed;
  }

  private void authentication(long at, long length) {
    if (length == 0) {
      return;
    }
    if (length < AUTHENTICATION_HEADER) {
      line.cut();
    }
    int type = line.u16(at);
    line.text("\n\tAuthentication Type ").name(type == 1 ? "HMAC" : null, "unknown (0x%04x)", type);
    int claimed = line.u16(at + 2);
    line.print(", Length %u", claimed);
    if (claimed < AUTHENTICATION_HEADER || claimed > length) {
      line.cut();
    }
    line.print(", SAID %u", line.u16(at + 6));
    line.print(", CSN 0x%08x", line.u32(at + 8));
    line.print(":%08x", line.u32(at + 12));
    if (line.needs(at, claimed) && line.verbosity() > 1) {
      long digest = at + AUTHENTICATION_HEADER;
      line.hexDump("\n\tAuthentication Data ", digest, claimed - AUTHENTICATION_HEADER, false);
    }
  }

  private void options(long options) {
    line.text("\n\tOptions [").bits(OspfV3Lsa.OPTIONS, options, "none").text("]");
  }

  private void address(String before, long at) {
    if (line.needs(at, 4)) {
      line.text(before).ipv4(at);
    }
  }
}
