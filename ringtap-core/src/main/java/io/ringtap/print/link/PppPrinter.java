package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// PPP (RFC 1661): what it carries, and of its control protocols the kind of a message.
public final class PppPrinter implements Protocol {
  private static final int ADDRESS_AND_CONTROL = 0xFF03;
  private static final int MIN_BYTES = 4; // a shorter frame is not printed
  private static final int MAX_CODE = 15;

  private static final Names NAMES =
      Names.of(
          """
          0x0021 IP
          0x0023 OSI
          0x002b IPX
          0x0057 IP6
          0x003d MLPPP
          0x0281 MPLS
          0x8021 IPCP
          0x8057 IP6CP
          0x80fd CCP
          0x8281 MPLSCP
          0xc021 LCP
          0xc023 PAP
          0xc025 LQR
          0xc223 CHAP\
          """);

  private static final Names CODES =
      Names.of(
          """
          0 Vendor-Extension
          1 Conf-Request
          2 Conf-Ack
          3 Conf-Nack
          4 Conf-Reject
          5 Term-Request
          6 Term-Ack
          7 Code-Reject
          8 Prot-Reject
          9 Echo-Request
          10 Echo-Reply
          11 Discard-Request
          12 Ident
          13 Time-Remaining\
          """);

  private final Line line;
  private final Protocols protocols;

  public PppPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long first, long length) {
    line.enter("ppp");
    if (!line.needs(first, MIN_BYTES)) {
      return;
    }
    long at = first;
    if (line.u16(at) == ADDRESS_AND_CONTROL) {
      at += 2;
    }
    boolean isShort = line.u8(at) % 2 == 1;
    int number = isShort ? line.u8(at) : line.u16(at);
    at += isShort ? 1 : 2;
    if (line.hasLinkHeader()) {
      line.text(NAMES.find(number, "unknown"));
      line.print(" (0x%04x), length %u: ", number, length);
    }
    line.payload(at);
    carried(number, at, length - (at - first));
  }

  private void carried(int number, long at, long length) {
    switch (number) {
      case 0x8021, 0x8057, 0x80FD, 0x8281, 0xC021 -> control(number, at, length);
      default -> {
        if (!protocols.print(NumberSpace.PPP, number, at, length)) {
          line.name(NAMES.find(number), "unknown PPP protocol (0x%04x)", number).text(" ");
          line.hexDump("\n\t", at, length, false);
        }
      }
    }
  }

  private void control(int number, long at, long length) {
    int code = line.u8(at);
    line.text(NAMES.find(number, "")).text(", ").text(CODES.find(code, "Unknown Opcode"));
    line.print(" (0x%02x), id %u, length %u", code, line.u8(at + 1), length + 2);
    if (code > MAX_CODE) {
      line.hexDump("\n\t", at, length, false);
    }
  }
}
