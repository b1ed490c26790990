package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// OSPF: version 2 over IPv4 (RFC 2328) here, version 3 over IPv6 by another class.
public final class OspfPrinter implements Protocol {
  private static final int MD5 = 2; // the authentication type of RFC 2328 §D.3
  private static final int DIGEST = 16; // bytes after the packet with it
  private static final int LINK_LOCAL_SIGNALING = 0x10; // RFC 5613

  static final Names TYPES =
      Names.of(
          """
          1 Hello
          2 Database Description
          3 LS-Request
          4 LS-Update
          5 LS-Ack\
          """);

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          0 none
          1 simple
          2 MD5\
          """);

  private static final BitNames DESCRIPTION_FLAGS =
      BitNames.of(
          ", ",
          """
          4 Init
          2 More
          1 Master
          8 OOBResync\
          """);

  private static final BitNames EXTENDED_OPTIONS =
      BitNames.of(
          ", ",
          """
          1 LSDB resync
          2 Restart\
          """);

  private final Line line;
  private final OspfLsa advertisement;
  private final Protocol version3;

  public OspfPrinter(Line line) {
    this.line = line;
    this.advertisement = new OspfLsa(line);
    this.version3 = new OspfV3Printer(line);
  }

  @Override
  public void print(long at, long length) {
    if (line.carrier().isIpv6()) {
      version3.print(at, length);
      return;
    }
    line.enter("ospf2");
    int trailer = line.u16(at + 14) == MD5 ? DIGEST : 0;
    long outer = line.narrow(line.end() - trailer);
    packet(at, length - trailer);
    line.widen(outer);
  }

  private void packet(long at, long length) {
    int type = line.u8(at + 1);
    line.print("OSPFv%u, ", line.u8(at)).name(TYPES.find(type), "unknown LS-type %u", type);
    line.print(", length %u", length);
    if (TYPES.find(type) == null || !line.isVerbose()) {
      return;
    }
    int claimed = line.u16(at + 2);
    if (claimed != length) {
      line.print(" [len %u]", claimed);
    }
    address("\n\tRouter-ID ", at + 4);
    if (line.u32(at + 8) != 0) {
      address(", Area ", at + 8);
    } else {
      line.text(", Backbone Area");
    }
    if (!authentication(at)) {
      return;
    }
    int version = line.u8(at);
    if (version != 2) {
      line.print(" ospf [version %u]", version);
      return;
    }
    body(type, at, at + Math.min(length, claimed));
    if (length > claimed) {
      linkLocal(type, at, length);
    }
  }

  /// @return whether its type is known
  private boolean authentication(long at) {
    int type = line.needs(at + 16, 8) ? line.u16(at + 14) : 0;
    line.text(", Authentication Type: ").text(AUTHENTICATIONS.find(type, "unknown"));
    line.print(" (%u)", type);
    if (type == 1) {
      line.text("\n\tSimple text password: ").paddedText(at + 16, 8);
    } else if (type == MD5) {
      line.print("\n\tKey-ID: %u, Auth-Length: %u", line.u8(at + 18), line.u8(at + 19));
      line.print(", Crypto Sequence Number: 0x%08x", line.u32(at + 20));
    }
    return type <= MD5;
  }

  private void body(int type, long at, long end) {
    switch (type) {
      case 1 -> hello(at, end);
      case 2 -> description(at, end);
      case 3 -> request(at + 24, end);
      case 4 -> update(at);
      case 5 -> {
        for (long header = at + 24; header < end && !line.isCut(); header += OspfLsa.HEADER) {
          long _ = advertisement.header(header);
        }
      }
      default -> {}
    }
  }

  private void hello(long at, long end) {
    options(line.u8(at + 30));
    if (line.needs(at + 24, 12)) {
      line.print(
          "\n\t  Hello Timer %us, Dead Timer %us, Mask ", line.u16(at + 28), line.u32(at + 32));
      line.ipv4(at + 24).print(", Priority %u", line.u8(at + 31));
    }
    if (line.u32(at + 36) != 0) {
      address("\n\t  Designated Router ", at + 36);
    }
    if (line.u32(at + 40) != 0) {
      address(", Backup Designated Router ", at + 40);
    }
    line.text(at + 44 < end ? "\n\t  Neighbor List:" : "");
    for (long neighbor = at + 44; neighbor < end && !line.isCut(); neighbor += 4) {
      address("\n\t    ", neighbor);
    }
  }

  private void description(long at, long end) {
    options(line.u8(at + 26));
    int flags = line.u8(at + 27);
    line.text(", DD Flags [").bits(DESCRIPTION_FLAGS, flags, "none").text("]");
    if (line.u16(at + 24) != 0) {
      line.print(", MTU: %u", line.u16(at + 24));
    }
    line.print(", Sequence: 0x%08x", line.u32(at + 28));
    long header = at + 32;
    while (header < end && !line.isCut() && advertisement.header(header) >= 0) {
      header += OspfLsa.HEADER;
    }
  }

  private void request(long first, long end) {
    for (long at = first; at < end && line.needs(at, 12); at += 12) {
      long type = line.u32(at);
      address("\n\t  Advertising Router: ", at + 8);
      line.text(", ").text(OspfLsa.TYPES.find(type, "unknown")).print(" LSA (%u)", type);
      if (OspfLsa.isOpaque(type)) {
        line.text(", Opaque-Type: ").text(OspfLsa.OPAQUE_TYPES.find(line.u8(at + 4), "unknown"));
        line.print(" LSA (%u), Opaque-ID: %u", line.u8(at + 4), line.u24(at + 5));
      } else {
        address(", LSA-ID: ", at + 4);
      }
    }
  }

  private void update(long at) {
    long count = line.u32(at + 24);
    line.print(", %u LSA", count).text(count == 1 ? "" : "s");
    long next = at + 28;
    for (long i = 1; i <= count && !line.isCut(); i++) {
      line.print("\n\t  LSA #%u", i);
      next = advertisement.print(next);
      if (next < 0) {
        line.cut();
      }
    }
  }

  /// Data of link-local signaling, after the packet and its digest (RFC 5613 §2.2).
  private void linkLocal(int type, long packet, long length) {
    int options =
        switch (type) {
          case 1 -> line.u8(packet + 30);
          case 2 -> line.u8(packet + 26);
          default -> 0;
        };
    if ((options & LINK_LOCAL_SIGNALING) == 0) {
      return;
    }
    long at = packet + line.u16(packet + 2);
    if (line.u16(packet + 14) == MD5) {
      at += line.u8(packet + 19);
    }
    long end = packet + length;
    if (at >= end) {
      line.text("\n\t[LLS truncated]");
      return;
    }
    line.print("\n\t  LLS: checksum: 0x%04x", line.u16(at));
    line.print(", length: %u", line.u16(at + 2));
    at += 4;
    while (at < end && !line.isCut()) {
      at += 4L + extension(at);
    }
  }

  /// @return the bytes of its value
  private int extension(long at) {
    int type = line.u16(at);
    boolean isOptions = type == 1;
    boolean isDigest = type == 2;
    line.text("\n\t    ");
    line.text(isOptions ? "Extended Options" : isDigest ? "MD5 Authentication" : "Unknown TLV");
    line.print(" (%u)", type);
    int length = line.u16(at + 2);
    line.print(", length: %u", length);
    int needed = isOptions ? 4 : isDigest ? 20 : length;
    if (length != needed) {
      line.print(" [should be %u]", needed);
    }
    if (isOptions) {
      long options = line.u32(at + 4);
      line.print("\n\t      Options: 0x%08x [", options).bits(EXTENDED_OPTIONS, options, "?");
      line.text("]");
    } else if (isDigest) {
      line.print("\n\t      Sequence number: 0x%08x", line.u32(at + 4));
    }
    return needed;
  }

  private void options(int options) {
    line.text("\n\tOptions [").bits(OspfLsa.OPTIONS, options, "none").text("]");
  }

  private void address(String before, long at) {
    if (line.needs(at, 4)) {
      line.text(before).ipv4(at);
    }
  }
}
