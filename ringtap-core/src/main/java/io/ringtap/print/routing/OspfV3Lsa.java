package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import org.jspecify.annotations.Nullable;

/// Link state advertisements of OSPF version 3 (RFC 5340 §A.4). One that contradicts itself cuts
/// the line.
final class OspfV3Lsa {
  /// Bytes of the header.
  static final int HEADER = 20;

  private static final int LINK = 16; // bytes
  private static final long METRIC = 0xFF_FFFF;
  private static final long FORWARDING = 0x200_0000;
  private static final long TAG = 0x100_0000;

  private static final Names TYPES =
      Names.of(
          """
          1 Router
          2 Network
          3 Inter-Area Prefix
          4 Inter-Area Router
          5 External
          6 Deprecated
          7 NSSA
          8 Link
          9 Intra-Area Prefix
          10 Intra-Area TE
          11 Grace
          12 Router Information
          13 Inter-AS-TE
          14 Layer 1 VPN\
          """);

  private static final Names SCOPES =
      Names.of(
          """
          0x0000 Link Local
          0x2000 Area Local
          0x4000 Domain Wide\
          """);

  /// The optional capabilities of routers.
  static final BitNames OPTIONS =
      BitNames.of(
          ", ",
          """
          0x001 V6
          0x002 External
          0x004 Deprecated
          0x008 NSSA
          0x010 Router
          0x020 Demand Circuit
          0x100 AFs Support
          0x200 LLS
          0x400 Authentication Trailer\
          """);

  private static final BitNames ROUTER_FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 ABR
          0x02 External
          0x04 Virtual-Link Endpoint
          0x08 Deprecated
          0x10 NSSA Translator\
          """);

  private static final BitNames EXTERNAL_FLAGS =
      BitNames.of(
          ", ",
          """
          0x4000000 External Type 2
          0x2000000 Forwarding
          0x1000000 Tag\
          """);

  private static final BitNames PREFIX_OPTIONS =
      BitNames.of(
          ", ",
          """
          0x01 No Unicast
          0x02 Local address
          0x04 Deprecated
          0x08 Propagate
          0x10 Down
          0x20 N-bit\
          """);

  private final Line line;
  private final OspfOpaque opaque;
  private long at;
  private long rest;

  OspfV3Lsa(Line line) {
    this.line = line;
    this.opaque = new OspfOpaque(line);
  }

  /// Prints a header.
  void header(long header, long end) {
    if (header + HEADER > end || !line.needs(header, HEADER)) {
      line.cut();
      return;
    }
    line.text("\n\t  Advertising Router ").ipv4(header + 8);
    line.print(", seq 0x%08x, age %us, length ", line.u32(header + 12), line.u16(header));
    int length = line.u16(header + 18) - HEADER;
    if (length >= 0) {
      line.number(length);
    } else {
      line.text(Long.toUnsignedString(length));
    }
    type(line.u16(header + 2), header + 4);
  }

  /// Prints a type and an identifier.
  void type(int type, long identifier) {
    line.text("\n\t    ").text(TYPES.find(type & 0x1FFF, "Unknown"));
    line.print(" LSA (%u), ", type & 0x1FFF).text(SCOPES.find(type & 0x6000, "Unknown"));
    line.text(type >= 0x8000 ? " Scope, transitive, LSA-ID " : " Scope, LSA-ID ");
    line.ipv4(identifier);
  }

  /// Prints an advertisement.
  ///
  /// @return the offset after it
  long print(long header, long end) {
    header(header, end);
    int length = line.u16(header + 18);
    if (length < HEADER || header + length > end) {
      line.cut();
      return end;
    }
    at = header + HEADER;
    rest = length - (long) HEADER;
    switch (line.u16(header + 2)) {
      case 0x2001 -> router();
      case 0x2002 -> network();
      case 0x2003 -> interAreaPrefix();
      case 0x4005 -> external();
      case 0x0008 -> link();
      case 0x2009 -> intraAreaPrefix();
      case 0x000A -> {
        if (!opaque.trafficEngineering(at, rest)) {
          line.cut();
        }
      }
      case 0x000B -> {
        if (!opaque.gracefulRestart(at, rest)) {
          line.cut();
        }
      }
      default -> line.hexDump("\n\t      ", at, rest, false);
    }
    return header + length;
  }

  /// Takes the next bytes of the advertisement.
  ///
  /// @return their offset
  private long take(int bytes) {
    if (rest < bytes) {
      line.cut();
    }
    long taken = at;
    at += bytes;
    rest -= bytes;
    return taken;
  }

  private void options(long options) {
    line.text("\n\t      Options [").bits(OPTIONS, options, "none").text("]");
  }

  private void router() {
    long head = take(4);
    options(line.u32(head));
    line.text(", RLA-Flags [").bits(ROUTER_FLAGS, line.u8(head), "none").text("]");
    while (rest != 0 && !line.isCut()) {
      long link = take(LINK);
      int type = line.needs(link, LINK) ? line.u8(link) : 0;
      @Nullable String kind =
          switch (type) {
            case 1 -> "Neighbor Router-ID ";
            case 2 -> "Neighbor Network-ID ";
            case 4 -> "Virtual Link: Neighbor Router-ID ";
            default -> null;
          };
      if (kind == null) {
        line.print("\n\t      Unknown Router Links Type 0x%02x", type);
        return;
      }
      line.text("\n\t      ").text(kind).ipv4(link + 12);
      line.text("\n\t      Neighbor Interface-ID ").ipv4(link + 8);
      line.text(", Interface ").ipv4(link + 4).print(", metric %u", line.u16(link + 2));
    }
  }

  private void network() {
    options(line.u32(take(4)));
    line.text("\n\t      Connected Routers:");
    while (rest != 0 && !line.isCut()) {
      long router = take(4);
      if (line.needs(router, 4)) {
        line.text("\n\t\t").ipv4(router);
      }
    }
  }

  private void interAreaPrefix() {
    line.print(", metric %u", line.u32(take(4)) & METRIC);
    while (rest != 0 && !line.isCut()) {
      prefix();
    }
  }

  private void external() {
    long metric = line.u32(take(4));
    line.text("\n\t     Flags [").bits(EXTERNAL_FLAGS, metric, "none").text("]");
    line.print(" metric %u", metric & METRIC);
    long prefix = at;
    prefix();
    if ((metric & FORWARDING) != 0) {
      long address = take(16);
      if (line.needs(address, 16)) {
        line.text(" forward ").ipv6(address);
      }
    }
    if ((metric & TAG) != 0) {
      identifier(" tag ");
    }
    if (line.u8(prefix + 2) != 0) {
      identifier(" RefLSID: ");
    }
  }

  private void identifier(String before) {
    long identifier = take(4);
    if (line.needs(identifier, 4)) {
      line.text(before).ipv4(identifier);
    }
  }

  private void link() {
    long head = take(4);
    options(line.u32(head));
    long address = take(20);
    long count = line.u32(address + 16);
    line.print("\n\t      Priority %u, Link-local address ", line.u8(head)).ipv6(address);
    line.print(", Prefixes %u:", count);
    prefixes(count);
  }

  private void intraAreaPrefix() {
    // Twelve bytes, of which tcpdump counts six.
    long head = take(4);
    if (line.needs(head + 8, 4)) {
      type(line.u16(head + 2), head + 4);
    }
    long _ = take(2);
    int count = line.u16(head);
    line.print("\n\t      Prefixes %u:", count);
    at = head + 12;
    prefixes(count);
  }

  private void prefixes(long count) {
    for (long i = 0; i < count && !line.isCut(); i++) {
      prefix();
    }
  }

  private void prefix() {
    long head = take(4);
    int bits = line.needs(head, 4) ? line.u8(head) : 0;
    int bytes = (bits + 31) / 32 * 4;
    if (bytes > 16) {
      line.print(" bogus prefixlen /%u", bits);
      line.cut();
    }
    long prefix = take(bytes);
    long high = line.leading(prefix, bytes);
    long low = line.leading(prefix + Long.BYTES, bytes - Long.BYTES);
    if (!line.needs(prefix, bytes)) {
      return;
    }
    line.text("\n\t\t").ipv6(high, low).print("/%u", bits);
    int options = line.u8(head + 1);
    if (options != 0) {
      line.text(", Options [").bits(PREFIX_OPTIONS, options, "none").text("]");
    }
    line.print(", metric %u", line.u16(head + 2));
  }
}
