package io.ringtap.print.rsvp;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Parameters of traffic and of its service in objects of RSVP (RFC 2210, RFC 2215).
final class IntServ {
  private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);

  private static final Names SERVICES =
      Names.of(
          """
          1 Default/Global Information
          2 Guaranteed Service
          5 Controlled Load\
          """);

  private static final Names PARAMETERS =
      Names.of(
          """
          4 IS hop cnt
          6 Path b/w estimate
          8 Minimum path latency
          10 Composed MTU
          127 Token Bucket TSpec
          130 Guaranteed Service RSpec
          133 End-to-end composed value for C
          134 End-to-end composed value for D
          135 Since-last-reshaping point composed C
          136 Since-last-reshaping point composed D\
          """);

  private final Line line;

  IntServ(Line line) {
    this.line = line;
  }

  void print(String indent, long first, int length) {
    line.text(indent).print("Msg-Version: %u, ", line.u8(first) >> 4);
    line.print("length: %u", line.u16(first + 2) * 4L);
    long at = first + 4;
    int rest = length - 4;
    while (rest >= 4) {
      int service = line.u8(at);
      long left = line.u16(at + 2) * 4L;
      line.text(indent).text("Service Type: ").text(SERVICES.find(service, "unknown"));
      line.print(" (%u), break bit ", service);
      line.text((line.u8(at + 1) & 0x80) != 0 ? "set" : "not set");
      line.print(", Service length: %u", left);
      at += 4;
      rest -= 4;
      while (left >= 4) {
        int bytes = parameter(at, rest);
        if (bytes == 0) {
          break;
        }
        at += bytes;
        rest -= bytes;
        left = left - bytes & 0xFFFF_FFFFL; // in 32 bits, as in tcpdump
      }
    }
  }

  /// Prints a parameter.
  ///
  /// @return its bytes; 0 if they are not there
  private int parameter(long at, int length) {
    if (length < 4) {
      return 0;
    }
    int type = line.u8(at);
    int bytes = line.u16(at + 2) * 4;
    line.text("\n\t      Parameter ID: ").text(PARAMETERS.find(type, "unknown"));
    line.print(" (%u), length: %u, Flags: [0x%02x]", type, bytes, line.u8(at + 1));
    if (length < bytes + 4) {
      return 0;
    }
    int expected =
        switch (type) {
          case 4, 6, 8, 10, 133, 134, 135, 136 -> 4;
          case 127 -> 20;
          case 130 -> 8;
          default -> bytes;
        };
    if (bytes == expected) {
      value(type, at + 4, bytes);
    }
    return bytes + 4;
  }

  private void value(int type, long at, int length) {
    switch (type) {
      case 4 -> line.print("\n\t\tIS hop count: %u", line.u32(at));
      case 6 -> rate("\n\t\tPath b/w estimate: ", at);
      case 8 -> {
        line.text("\n\t\tMinimum path latency: ");
        if (line.u32(at) == 0xFFFF_FFFFL) {
          line.text("don't care");
        } else {
          line.number(line.u32(at));
        }
      }
      case 10 -> line.print("\n\t\tComposed MTU: %u bytes", line.u32(at));
      case 127 -> {
        rate("\n\t\tToken Bucket Rate: ", at);
        line.text("\n\t\tToken Bucket Size: ");
        general(line, number(at + 4));
        line.text(" bytes");
        rate("\n\t\tPeak Data Rate: ", at + 8);
        line.print("\n\t\tMinimum Policed Unit: %u bytes", line.u32(at + 12));
        line.print("\n\t\tMaximum Packet Size: %u bytes", line.u32(at + 16));
      }
      case 130 -> {
        rate("\n\t\tRate: ", at);
        line.print("\n\t\tSlack Term: %u", line.u32(at + 4));
      }
      case 133, 134, 135, 136 -> line.print("\n\t\tValue: %u", line.u32(at));
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t\t", at, length, false);
        }
      }
    }
  }

  private float number(long at) {
    return Float.intBitsToFloat((int) line.u32(at));
  }

  private void rate(String before, long at) {
    line.text(before);
    general(line, number(at) / 125_000);
    line.text(" Mbps");
  }

  /// Prints ten digits of a number, with an exponent where it has more or is small, as `%.10g` of C
  /// does.
  static void general(Line line, float value) {
    if (Float.floatToRawIntBits(value) < 0) {
      line.text("-");
    }
    if (!Float.isFinite(value) || value == 0) {
      line.text(value == 0 ? "0" : Float.isNaN(value) ? "nan" : "inf");
      return;
    }
    BigDecimal rounded =
        new BigDecimal((double) Math.abs(value)).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 10) {
      line.text(rounded.toPlainString());
      return;
    }
    line.text(rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString());
    line.text(exponent < 0 ? "e-" : "e+").print("%02u", Math.abs(exponent));
  }
}
