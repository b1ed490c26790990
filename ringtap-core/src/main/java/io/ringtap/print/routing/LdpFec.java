package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What a label of LDP stands for: prefixes (RFC 5036 §3.4.1) and pseudowires (RFC 8077 §6).
final class LdpFec {
  private static final int PREFIX = 2; // kinds
  private static final int PSEUDOWIRE = 0x80;

  private static final Names KINDS =
      Names.of(
          """
          0x01 Wildcard
          0x02 Prefix
          0x03 Host address
          0x80 Martini VC\
          """);

  static final Names CIRCUITS =
      Names.of(
          """
          0 Reserved
          1 Frame Relay DLCI (Martini Mode)
          2 ATM AAL5 SDU VCC transport
          3 ATM transparent cell transport
          4 Ethernet VLAN
          5 Ethernet
          6 Cisco-HDLC
          7 PPP
          8 SONET/SDH Circuit Emulation Service over MPLS
          9 ATM n-to-one VCC cell transport
          10 ATM n-to-one VPC cell transport
          11 IP Layer2 Transport
          12 ATM one-to-one VCC Cell Mode
          13 ATM one-to-one VPC Cell Mode
          14 ATM AAL5 PDU VCC transport
          15 Frame-Relay Port mode
          16 SONET/SDH Circuit Emulation over Packet
          17 Structure-agnostic E1 over Packet
          18 Structure-agnostic T1 (DS1) over Packet
          19 Structure-agnostic E3 over Packet
          20 Structure-agnostic T3 (DS3) over Packet
          21 CESoPSN basic mode
          22 TDMoIP basic mode
          23 CESoPSN TDM with CAS
          24 TDMoIP TDM with CAS
          25 Frame Relay DLCI\
          """);

  private static final Names PARAMETERS =
      Names.of(
          """
          0x01 MTU
          0x03 Description
          0x0C VCCV\
          """);

  private static final BitNames CHANNELS =
      BitNames.of(
          ", ",
          """
          1 PWE3 control word
          2 MPLS Router Alert Label
          4 MPLS inner label TTL = 1\
          """);

  private static final BitNames VERIFICATIONS =
      BitNames.of(
          ", ",
          """
          1 ICMP Ping
          2 LSP Ping
          4 BFD\
          """);

  private final Line line;
  private final BgpRoutes routes;

  LdpFec(Line line) {
    this.line = line;
    this.routes = new BgpRoutes(line);
  }

  /// Prints an element.
  ///
  /// @param length at least 1
  void print(long at, int length) {
    int kind = line.u8(at);
    line.text("\n\t      ").text(KINDS.find(kind, "Unknown")).print(" FEC (0x%02x)", kind);
    if (kind == PREFIX && !LdpValues.isTooShort(line, length - 1, 2)) {
      prefix(line.u16(at + 1), at + 3, length - 3);
    } else if (kind == PSEUDOWIRE && !LdpValues.isTooShort(line, length - 1, 7)) {
      pseudowire(at + 1, length - 1);
    }
  }

  private void prefix(int family, long at, int length) {
    boolean isIpv6 = family == BgpNames.IPV6;
    if (!isIpv6 && family != BgpNames.IPV4) {
      line.print(": Address family %u prefix", family);
      return;
    }
    String before = isIpv6 ? ": IPv6 prefix " : ": IPv4 prefix ";
    int bytes = routes.prefix(before, isIpv6, at, length);
    if (bytes == BgpRoutes.ILLEGAL) {
      line.text(before).text("(invalid length)");
    } else if (bytes == BgpRoutes.SHORT) {
      line.cut();
    }
  }

  private void pseudowire(long at, int length) {
    int type = line.u16(at);
    int bytes = line.u8(at + 2);
    if (bytes > 0 && LdpValues.isTooShort(line, length, 11)) {
      return;
    }
    line.needs(at, bytes > 0 ? 11 : 7);
    line.text(": ").text(CIRCUITS.find(type & 0x7FFF, "Unknown"));
    line.text(type >= 0x8000 ? ", control word" : ", no control word");
    line.print(", group-ID %u", line.u32(at + 3));
    if (bytes > 0) {
      line.print(", VC-ID %u", line.u32(at + 7));
    }
    line.print(", VC-info-length: %u", bytes);
    if (bytes > 0 && bytes < 4) {
      line.text(" (invalid, < 4");
    } else if (bytes > 0 && !LdpValues.isTooShort(line, length - 11, bytes - 4)) {
      parameters(at + 11, bytes - 4);
    }
  }

  private void parameters(long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 2 && !line.isCut()) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      if (bytes < 2 || bytes > rest) {
        return;
      }
      line.text("\n\t\tInterface Parameter: ").text(PARAMETERS.find(type, "Unknown"));
      line.print(" (0x%02x), len %u", type, bytes);
      switch (type) {
        case 0x01 -> line.print(": %u", line.u16(at + 2));
        case 0x03 -> line.text(": ").visibleText(at + 2, bytes - 2);
        case 0x0C -> {
          int channels = line.u8(at + 2);
          line.print("\n\t\t  Control Channels (0x%02x) = [", channels);
          line.bits(CHANNELS, channels, "none").text("]");
          int verifications = line.u8(at + 3);
          line.print("\n\t\t  CV Types (0x%02x) = [", verifications);
          line.bits(VERIFICATIONS, verifications, "none").text("]");
        }
        default -> line.hexDump("\n\t\t  ", at + 2, bytes - 2, false);
      }
      at += bytes;
      rest -= bytes;
    }
  }
}
