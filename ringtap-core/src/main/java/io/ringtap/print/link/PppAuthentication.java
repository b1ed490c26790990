package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// PAP (RFC 1334) and CHAP (RFC 1994).
final class PppAuthentication {
  private static final int HEADER = 4; // bytes

  private static final Names PASSWORD_CODES =
      Names.of(
          """
          1 Auth-Req
          2 Auth-ACK
          3 Auth-NACK\
          """);

  private static final Names CHALLENGE_CODES =
      Names.of(
          """
          1 Challenge
          2 Response
          3 Success
          4 Fail\
          """);

  private final Line line;

  PppAuthentication(Line line) {
    this.line = line;
  }

  /// Prints a message of PAP.
  void password(long at, long length) {
    if (length < HEADER) {
      tooShort("pap", at, length);
      return;
    }
    int code = header("PAP, ", PASSWORD_CODES, at);
    int claimed = line.u16(at + 2);
    if (claimed > length) {
      line.print(", length %u > packet size", claimed);
    } else if (claimed < HEADER) {
      line.print(", length %u < PAP header length", claimed);
    } else if ((code == 1 && claimed < 6) || ((code == 2 || code == 3) && claimed < 5)) {
      line.text("[|pap]");
    } else if (code == 1) {
      long end = at + claimed;
      long name = field(", Peer ", at + HEADER, end);
      long _ = name < end ? field(", Name ", name, end) : end;
    } else if (code == 2 || code == 3) {
      long _ = field(", Msg ", at + HEADER, at + claimed);
    }
  }

  /// Prints a text after its length.
  ///
  /// @return the offset after it; `end` if it passes that, and is not printed
  private long field(String name, long at, long end) {
    int length = line.u8(at);
    if (end - at - 1 < length) {
      return end;
    }
    line.text(name).visibleText(at + 1, length);
    return at + 1 + length;
  }

  /// Prints a message of CHAP.
  void challenge(long at, long length) {
    if (length < HEADER) {
      tooShort("chap", at, length);
      return;
    }
    int code = header("CHAP, ", CHALLENGE_CODES, at);
    long end = at + line.u16(at + 2);
    if (code == 3 || code == 4) {
      line.text(", Msg ");
      text(at + HEADER, end);
    } else if ((code == 1 || code == 2) && length > HEADER) {
      int size = line.u8(at + HEADER);
      long value = at + HEADER + 1;
      if (length - HEADER - 1 >= size) {
        line.text(", Value ").hexBytes(value, size).text(", Name ");
        text(value + size, end);
      }
    }
  }

  private void text(long at, long end) {
    if (end < at) {
      // As if the length were a large number.
      line.visibleText(at, line.end() - at).cut();
    } else {
      line.visibleText(at, end - at);
    }
  }

  private void tooShort(String name, long at, long length) {
    if (length < 1) {
      line.text("[|").text(name).text("]");
    } else if (line.needs(at, 1)) {
      line.text("[|").text(name).print(" 0x%02x]", line.u8(at));
    }
  }

  /// @return the code
  private int header(String name, Names codes, long at) {
    int code = line.u8(at);
    line.text(name).text(codes.find(code, "unknown")).print(" (0x%02x)", code);
    line.print(", id %u", line.u8(at + 1));
    return code;
  }
}
