package io.ringtap.print.link;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols;

/// What a PPP protocol number stands for: a network protocol, or one of PPP itself.
final class PppPayload {
  private static final int MULTILINK = 0x003D; // RFC 1990
  private static final int COMPRESSED = 0x00FD; // RFC 1962
  private static final int PAP = 0xC023;
  private static final int BANDWIDTH_ALLOCATION = 0xC02D; // RFC 2125
  private static final int CHAP = 0xC223;

  static final Names PROTOCOLS =
      Names.of(
          """
          0x0021 IP
          0x0023 OSI
          0x0025 NS
          0x0027 DECNET
          0x0029 APPLE
          0x002b IPX
          0x002d VJC IP
          0x002f VJNC IP
          0x0031 BRPDU
          0x0033 STII
          0x0035 VINES
          0x003d MLPPP
          0x0057 IP6
          0x00fd Compressed
          0x0201 HELLO
          0x0231 LUXCOM
          0x0233 SNS
          0x0281 MPLS
          0x0283 MPLS
          0x8021 IPCP
          0x8023 OSICP
          0x8025 NSCP
          0x8027 DECNETCP
          0x8029 APPLECP
          0x802b IPXCP
          0x8033 STIICP
          0x8035 VINESCP
          0x8057 IP6CP
          0x80fd CCP
          0x8281 MPLSCP
          0xc021 LCP
          0xc023 PAP
          0xc025 LQM
          0xc027 SPAP
          0xc02b BACP
          0xc02d BAP
          0xc03d MLPPP-CP
          0xc123 Old-SPAP
          0xc223 CHAP
          0xc227 EAP\
          """);

  private static final BitNames PARTS =
      BitNames.of(
          ", ",
          """
          0x80 begin
          0x40 end\
          """);

  private final Line line;
  private final Protocols protocols;
  private final PppControl control;
  private final PppAuthentication authentication;

  PppPayload(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.control = new PppControl(line);
    this.authentication = new PppAuthentication(line);
  }

  void print(int protocol, long at, long length) {
    switch (protocol) {
      case 0x8021, 0x8023, 0x8057, 0x80FD, 0x8281, 0xC021, 0xC02B ->
          control.print(protocol, at, length);
      case PAP -> authentication.password(at, length);
      case CHAP -> authentication.challenge(at, length);
      case MULTILINK -> multilink(at, length);
      case COMPRESSED -> line.text("compressed PPP data");
      case BANDWIDTH_ALLOCATION -> {}
      default -> {
        if (!protocols.print(NumberSpace.PPP, protocol, at, length)) {
          name(protocol);
          line.text(" ").hexDump("\n\t", at, length, false);
        }
      }
    }
  }

  /// Prints the name of a protocol.
  void name(int protocol) {
    line.name(PROTOCOLS.find(protocol), "unknown PPP protocol (0x%04x)", protocol);
  }

  private void multilink(long at, long length) {
    line.text(line.hasLinkHeader() ? "" : "MLPPP, ");
    if (length < 2 || !line.has(at, 2)) {
      line.text("[|mlppp]");
      return;
    }
    line.print("seq 0x%03x, Flags [", line.u16(at) & 0xFFF).bits(PARTS, line.u8(at), "none");
    line.print("], length %u", length);
  }
}
