package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What an LSP ping asks for, and where it went (RFC 4379 §3.2, §3.3).
final class LspPingTargets {
  static final int WHOLE = 0;
  static final int SHORT = 1;
  static final int STOPPED = 2; // nothing after it is to be printed

  private static final int UNKNOWN = -1;
  private static final int HEAD = 4; // bytes: type and length of a value

  private static final Names TYPES =
      Names.of(
          """
          1 LDP IPv4 prefix
          2 LDP IPv6 prefix
          3 RSVP IPv4 Session Query
          4 RSVP IPv6 Session Query
          5 Reserved
          6 VPN IPv4 prefix
          7 VPN IPv6 prefix
          8 L2 VPN endpoint
          9 FEC 128 pseudowire (old)
          10 FEC 128 pseudowire
          12 BGP labeled IPv4 prefix
          13 BGP labeled IPv6 prefix\
          """);

  private final Line line;
  private final BgpRoutes routes;

  LspPingTargets(Line line) {
    this.line = line;
    this.routes = new BgpRoutes(line);
  }

  /// Prints what is asked for.
  ///
  /// @return [#WHOLE], [#SHORT] or [#STOPPED]
  int stack(long first, int length) {
    long at = first;
    int rest = length;
    while (rest != 0) {
      int bytes = rest < HEAD ? 0 : line.u16(at + 2);
      if (rest < bytes + HEAD) {
        line.text("\n\t      TLV is too short");
        return SHORT;
      }
      int type = line.u16(at);
      line.text("\n\t    ").text(TYPES.find(type, "Unknown"));
      line.print(" subTLV (%u), length: %u", type, bytes);
      int right = right(type);
      if (right == bytes) {
        target(type, at + HEAD);
      } else if (right != UNKNOWN) {
        line.print("\n\t      invalid subTLV length, should be %u", right);
      }
      if (right != bytes || line.verbosity() > 1) {
        line.hexDump("\n\t      ", at + HEAD, bytes, false);
      }
      int padded = bytes + 3 & ~3;
      if (rest < padded + HEAD) {
        line.text("\n\t\t TLV is too short");
        return STOPPED;
      }
      at += padded + HEAD;
      rest -= padded + HEAD;
    }
    return WHOLE;
  }

  /// The bytes that a target has.
  private static int right(int type) {
    return switch (type) {
      case 1, 12 -> 5;
      case 2, 13 -> 17;
      case 3 -> 20;
      case 4 -> 56;
      case 6 -> 13;
      case 7 -> 25;
      case 8, 10 -> 14;
      case 9 -> 10;
      default -> UNKNOWN;
    };
  }

  private void target(int type, long at) {
    line.text("\n\t      ");
    switch (type) {
      case 1, 12 -> line.ipv4(at).print("/%u", line.u8(at + 4));
      case 2, 13 -> line.ipv6(at).print("/%u", line.u8(at + 16));
      case 3 -> tunnel(false, 4, at);
      case 4 -> tunnel(true, 16, at);
      case 6, 7 -> {
        boolean isIpv6 = type == 7;
        line.text("RD: ");
        routes.distinguisher(at);
        line.text(", ").address(isIpv6, at + 8).print("/%u", line.u8(at + (isIpv6 ? 24 : 12)));
      }
      case 8 -> {
        line.text("RD: ");
        routes.distinguisher(at);
        line.print(", Sender VE ID: %u, Receiver VE ID: %u", line.u16(at + 8), line.u16(at + 10));
        line.text("\n\t      Encapsulation Type: ");
        circuit(at + 12);
      }
      case 9 -> {
        line.text("Remote PE: ").ipv4(at);
        pseudowire(at + 4);
      }
      default -> {
        line.text("Sender PE: ").ipv4(at).text(", Remote PE: ").ipv4(at + 4);
        pseudowire(at + 8);
      }
    }
  }

  private void tunnel(boolean isIpv6, int bytes, long at) {
    long sender = at + bytes + bytes + 4;
    line.text("tunnel end-point ").address(isIpv6, at);
    line.text(", tunnel sender ").address(isIpv6, sender);
    line.print(", lsp-id 0x%04x", line.u16(sender + bytes + 2));
    line.print("\n\t      tunnel-id 0x%04x, extended tunnel-id ", line.u16(at + bytes + 2));
    line.address(isIpv6, at + bytes + 4);
  }

  private void pseudowire(long at) {
    line.print("\n\t      PW ID: 0x%08x, PW Type: ", line.u32(at));
    circuit(at + 4);
  }

  private void circuit(long at) {
    int type = line.u16(at);
    line.text(LdpFec.CIRCUITS.find(type, "unknown")).print(" (%u)", type);
  }

  /// Prints where a path goes on.
  void downstream(long at, int length) {
    if (length < 4) {
      line.text("\n\t      TLV is too short");
      return;
    }
    int type = line.u8(at + 2);
    line.print("\n\t    MTU: %u, Address-Type: ", line.u16(at));
    line.text(
        switch (type) {
          case 1 -> "IPv4";
          case 2 -> "Unnumbered IPv4";
          case 3, 4 -> "IPv6";
          default -> "unknown";
        });
    line.print(" (%u)", type);
    int bytes =
        switch (type) {
          case 1, 2 -> 12;
          case 3 -> 36;
          case 4 -> 24;
          default -> 0;
        };
    if (bytes > 0 && length >= bytes) {
      boolean isIpv6 = type >= 3;
      long link = at + (isIpv6 ? 20 : 8);
      line.text("\n\t    Downstream IP: ").address(isIpv6, at + 4);
      line.text("\n\t    Downstream Interface ");
      if (type % 2 == 1) {
        line.text("IP: ").address(isIpv6, link);
      } else {
        line.print("Index: 0x%08x", line.u32(link));
      }
    }
    if (length < bytes + 4) {
      line.text("\n\t      TLV is too short");
    }
  }
}
