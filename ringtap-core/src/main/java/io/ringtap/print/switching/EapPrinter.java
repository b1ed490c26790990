package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import org.jspecify.annotations.Nullable;

/// The extensible authentication protocol (RFC 3748).
public final class EapPrinter implements Protocol {
  private static final int HEADER = 4; // bytes
  private static final int DATA = 5; // bytes before what a type defines
  private static final int HAS_LENGTH = 0x80; // RFC 5216 §3.1

  private static final Names CODES =
      Names.of(
          """
          1 Request
          2 Response
          3 Success
          4 Failure\
          """);

  private static final Names TYPES =
      Names.of(
          """
          0 No proposed
          1 Identity
          2 Notification
          3 Nak
          4 MD5-challenge
          5 OTP
          6 GTC
          13 TLS
          18 SIM
          21 TTLS
          23 AKA
          43 FAST
          254 Expanded types
          255 Experimental\
          """);

  private static final BitNames TLS_FLAGS =
      BitNames.of(
          ", ",
          """
          0x80 L bit
          0x40 More fragments bit
          0x20 Start bit\
          """);

  /// RFC 4186 and RFC 4187.
  private static final Names SUBTYPES =
      Names.of(
          """
          1 Challenge
          2 Auth reject
          4 Sync failure
          5 Identity
          10 Start
          11 Challenge
          12 Notification
          13 Reauth
          14 Client error\
          """);

  private final Line line;

  public EapPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("eap");
    int code = line.u8(at);
    int claimed = line.u16(at + 2);
    if (claimed != length) {
      line.text("EAP fragment?");
      return;
    }
    line.text(CODES.find(code, "unknown"));
    line.print(" (%u), id %u, len %u", code, line.u8(at + 1), claimed);
    if (claimed < HEADER) {
      line.text(" (too short for EAP header)");
    } else if (line.needs(at, claimed) && code <= 2 && code != 0) {
      if (isLong(claimed, DATA, "")) {
        message(line.u8(at + HEADER), at, claimed);
      }
    }
  }

  private boolean isLong(int length, int needed, String kind) {
    if (length < needed) {
      line.text(" (too short for EAP ").text(kind).text("request/response)");
    }
    return length >= needed;
  }

  private void message(int type, long at, int length) {
    line.text("\n\t\t Type ").text(TYPES.find(type, "unknown")).print(" (%u)", type);
    switch (type) {
      case 1 -> {
        if (length > DATA) {
          line.text(", Identity: ").paddedText(at + DATA, length - DATA);
        }
      }
      case 2 -> {
        if (isLong(length, DATA + 1, "Notification ")) {
          line.text(", Notification: ").paddedText(at + DATA, length - DATA);
        }
      }
      case 3 -> {
        if (isLong(length, DATA + 1, "Legacy NAK ")) {
          proposals(at, length);
        }
      }
      case 13, 21 -> tls(type == 21 ? " TTLSv" : null, "TLS/TTLS ", at, length);
      case 18, 23 -> {
        if (isLong(length, DATA + 1, "SIM/AKA ")) {
          int subtype = line.u8(at + DATA);
          line.text(" subtype [").text(SUBTYPES.find(subtype, "unknown"));
          line.print("] 0x%02x", subtype);
        }
      }
      case 43 -> tls(" FASTv", "FAST ", at, length);
      default -> {}
    }
  }

  private void proposals(long at, int length) {
    for (int i = DATA; i < length; i++) {
      int type = line.u8(at + i);
      line.text(i == DATA ? " " : ", ").text(TYPES.find(type, "unknown")).print(" (%u)", type);
    }
  }

  /// TLS and what is built on it (RFC 5216, RFC 5281, RFC 4851).
  private void tls(@Nullable String version, String kind, long at, int length) {
    if (!isLong(length, DATA + 1, kind)) {
      return;
    }
    int flags = line.u8(at + DATA);
    if (version != null) {
      line.text(version).number(flags & 7);
    }
    line.text(" flags [").bits(TLS_FLAGS, flags, "none").print("] 0x%02x", flags);
    if ((flags & HAS_LENGTH) == 0) {
      return;
    }
    if (length < DATA + 5) {
      line.text(" (too short for EAP ").text(kind).text("request/response with length)");
    } else {
      line.print(", len %u", line.u32(at + DATA + 1));
    }
  }
}
