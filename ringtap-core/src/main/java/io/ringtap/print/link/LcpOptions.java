package io.ringtap.print.link;

import static io.ringtap.print.link.PppOptions.SOUND;
import static io.ringtap.print.link.PppOptions.bogus;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;

/// The options of PPP's LCP (RFC 1661 §6, RFC 1570, RFC 1990 §5).
final class LcpOptions {
  private static final int QUALITY_REPORT = 0xC025;
  private static final int CHAP = 0xC223;

  static final Names NAMES =
      Names.of(
          """
          0 Vend-Ext
          1 MRU
          2 ACCM
          3 Auth-Prot
          4 Qual-Prot
          5 Magic-Num
          6 deprecated(6)
          7 PFC
          8 ACFC
          9 FCS-Alt
          10 SDP
          11 Num-Mode
          12 deprecated(12)
          13 Call-Back
          14 deprecated(14)
          15 deprecated(15)
          16 deprecated(16)
          17 MRRU
          18 12-Bit seq #
          19 End-Disc
          20 Proprietary
          21 DCE-Id
          22 MP+
          23 Link-Disc
          24 LCP-Auth-Opt
          25 COBS
          26 Prefix-elision
          27 Multilink-header-Form
          28 I18N
          29 SDL-over-SONET/SDH
          30 PPP-Muxing\
          """);

  private static final Names ALGORITHMS =
      Names.of(
          """
          5 MD5
          128 MS-CHAPv1
          129 MS-CHAPv2\
          """);

  private static final Names CALLBACKS =
      Names.of(
          """
          0 UserAuth
          1 DialString
          2 LocalID
          3 E.164
          4 X.500
          6 CBCP\
          """);

  private final Line line;

  LcpOptions(Line line) {
    this.line = line;
  }

  /// Prints the value of an option that has a name.
  ///
  /// @param at the offset of the option
  /// @param length its bytes, with the type and the length
  /// @return [PppOptions#SOUND], or the bytes to pass over, 0 if nothing can follow
  int value(int type, long at, int length) {
    long value = at + 2;
    switch (type) {
      case 0 -> {
        if (length < 6) {
          return bogus(line, ">= 6", length);
        }
        int vendor = line.u24(value);
        line.text(": Vendor: ").text(Organizations.NAMES.find(vendor, "Unknown"));
        line.print(" (%u)", vendor);
      }
      case 1, 17 -> {
        if (length != 4) {
          return bogus(line, "= 4", type == 1 ? length : 0);
        }
        line.print(": %u", line.u16(value));
      }
      case 2, 5 -> {
        if (length != 6) {
          return bogus(line, "= 6", type == 2 ? length : 0);
        }
        line.print(": 0x%08x", line.u32(value));
      }
      case 3 -> {
        return authentication(at, length);
      }
      case 4 -> {
        if (length < 4) {
          return bogus(line, ">= 4", 0);
        }
        line.text(line.u16(value) == QUALITY_REPORT ? ": LQR" : ": unknown");
      }
      case 7, 8 -> {}
      case 13 -> {
        if (length < 3) {
          return bogus(line, ">= 3", 0);
        }
        line.text(": ");
        int operation = line.u8(value);
        line.text(": Callback Operation ").text(CALLBACKS.find(operation, "Unknown"));
        line.print(" (%u)", operation);
      }
      case 19 -> {
        if (length < 3) {
          return bogus(line, ">= 3", 0);
        }
        return endpoint(value, length);
      }
      case 23 -> {
        if (length != 4) {
          return bogus(line, "= 4", 0);
        }
        line.print(": 0x%04x", line.u16(value));
      }
      default -> {
        return PppOptions.unknown(line, at, length);
      }
    }
    return SOUND;
  }

  private int authentication(long at, int length) {
    if (length < 4) {
      return bogus(line, ">= 4", length);
    }
    int protocol = line.u16(at + 2);
    line.text(": ");
    line.text(PppPayload.PROTOCOLS.find(protocol, "Unknown Auth Proto (0x04x)"));
    switch (protocol) {
      case CHAP -> {
        int algorithm = line.u8(at + 4);
        line.text(", ").name(ALGORITHMS.find(algorithm), "Unknown Auth Alg %u", algorithm);
      }
      case 0xC023, 0xC227, 0xC027, 0xC123 -> {}
      default -> line.hexDump("\n\t", at, length, false);
    }
    return SOUND;
  }

  /// The endpoint discriminator of a bundle (RFC 1990 §5.1.3).
  private int endpoint(long value, int length) {
    int kind = line.u8(value);
    switch (kind) {
      case 0 -> line.text(": Null");
      case 1 -> line.text(": Local");
      case 2 -> {
        if (length != 7) {
          return bogus(line, "= 7", 0);
        }
        if (line.needs(value + 1, 4)) {
          line.text(": IPv4 ").ipv4(value + 1);
        }
      }
      case 3 -> {
        if (length != 9) {
          return bogus(line, "= 9", 0);
        }
        if (line.needs(value + 1, 6)) {
          line.text(": MAC ").hardware(value + 1, 6);
        }
      }
      case 4 -> line.text(": Magic-Num-Block");
      case 5 -> line.text(": PSNDN");
      default -> line.print(": Unknown class %u", kind);
    }
    return SOUND;
  }
}
