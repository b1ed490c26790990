package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;

/// The control protocols of PPP: LCP (RFC 1661), and those of the network protocols.
final class PppControl {
  private static final int HEADER = 4; // bytes
  private static final int LAST_REJECTION = 4; // of the codes whose data is options
  private static final String ROW = "\n\t  ";

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
          11 Disc-Req
          12 Ident
          13 Time-Rem
          14 Reset-Req
          15 Reset-Ack\
          """);

  private final Line line;
  private final PppOptions options;

  PppControl(Line line) {
    this.line = line;
    this.options = new PppOptions(line);
  }

  void print(int protocol, long at, long length) {
    String name = PppPayload.PROTOCOLS.find(protocol, "");
    line.text(name).text(", ");
    if (length < HEADER || !line.has(at, 2)) {
      cut(name);
      return;
    }
    int code = line.u8(at);
    line.text(CODES.find(code, "Unknown Opcode"));
    line.print(" (0x%02x), id %u, length %u", code, line.u8(at + 1), length + 2);
    if (!line.isVerbose()) {
      return;
    }
    int claimed = line.u16(at + 2);
    if (claimed < HEADER) {
      line.print("\n\tencoded length %u (< 4))", claimed);
      return;
    }
    if (claimed > length) {
      line.print("\n\tencoded length %u (> packet length %u))", claimed, length);
      return;
    }
    line.print("\n\tencoded length %u (=Option(s) length %u)", claimed, claimed - HEADER);
    if (claimed == HEADER) {
      return;
    }
    if (line.verbosity() > 1) {
      line.hexDump("\n\t", at - 2, 6, false);
    }
    if (!data(code, protocol, at, claimed)) {
      cut(name);
    }
  }

  private void cut(String name) {
    line.text("[|").text(name).text("]");
  }

  /// @return false if it was not captured whole
  private boolean data(int code, int protocol, long at, int length) {
    long data = at + HEADER;
    switch (code) {
      case 0 -> {
        if (length >= 11) {
          magicNumber(data);
          int vendor = line.u24(data + 4);
          line.text(" Vendor: ").text(Organizations.NAMES.find(vendor, "Unknown"));
          line.print(" (%u)", vendor);
        }
      }
      case 1, 2, 3, LAST_REJECTION -> options.print(protocol, data, length - HEADER);
      case 5, 6, 7 -> {}
      case 8 -> {
        if (length >= 6) {
          int rejected = line.u16(data);
          line.text("\n\t  Rejected ").text(PppPayload.PROTOCOLS.find(rejected, "unknown"));
          line.print(" Protocol (0x%04x)", rejected);
          if (length > 6) {
            line.text("\n\t  Rejected Packet");
            line.hexDump("\n\t    ", data + 2, length - 2L, false);
          }
        }
      }
      case 9, 10, 11 -> {
        if (length >= 8) {
          magicNumber(data);
          if (length > 8) {
            line.text("\n\t  -----trailing data-----");
            if (!line.has(data + 4, length - 8L)) {
              return false;
            }
            line.hexDump(ROW, data + 4, length - 8L, false);
          }
        }
      }
      case 12 -> {
        if (length >= 8) {
          magicNumber(data);
          return length == 8 || message(data + 4, length - 4);
        }
      }
      case 13 -> {
        if (length >= 12) {
          magicNumber(data);
          line.print(", Seconds-Remaining %us", line.u32(data + 4));
        }
      }
      default -> {
        if (line.verbosity() == 1) {
          line.hexDump(ROW, at - 2, length + 2L, false);
        }
      }
    }
    return true;
  }

  private void magicNumber(long at) {
    line.print("\n\t  Magic-Num 0x%08x", line.u32(at));
  }

  private boolean message(long at, int length) {
    line.text("\n\t  Message\n\t    ");
    long captured = Math.min(length, line.end() - at);
    line.visibleText(at, captured);
    return captured == length;
  }
}
