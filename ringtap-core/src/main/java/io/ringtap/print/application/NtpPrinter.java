package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.UtcTime;

/// NTP (RFC 5905): version and mode; with `-v` all fields.
public final class NtpPrinter implements Protocol {
  private static final int CONTROL = 6; // mode (RFC 9327)
  private static final int CONTROL_BYTES = 12;

  private static final int STRATUM = 1; // offsets
  private static final int POLL = 2;
  private static final int PRECISION = 3;
  private static final int ROOT_DELAY = 4;
  private static final int ROOT_DISPERSION = 8;
  private static final int REFERENCE = 12;
  private static final int REFERENCE_TIME = 16;
  private static final int ORIGIN_TIME = 24;
  private static final int RECEIVE_TIME = 32;
  private static final int TRANSMIT_TIME = 40;
  private static final int KEY = 48;

  private static final long FROM_1900_TO_1970 = 2_208_988_800L; // seconds

  private static final String[] MODES = {
    "unspecified",
    "symmetric active",
    "symmetric passive",
    "Client",
    "Server",
    "Broadcast",
    "Control Message",
    "Reserved"
  };

  private static final String[] LEAPS = {"", "+1s", "-1s", "clock unsynchronized"};

  private static final Names PRIVATE_STRATA =
      Names.of(
          """
          62 INFO_QUERY
          63 INFO_REPLY\
          """);

  private final Line line;
  private final UtcTime utc;

  public NtpPrinter(Line line) {
    this.line = line;
    this.utc = new UtcTime(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ntp");
    int first = line.u8(at);
    int mode = first & 7;
    line.print("NTPv%u, ", first >> 3 & 7);
    line.text(MODES[mode]).print(", length %u", length);
    if (!line.isVerbose() || line.isCut()) {
      return;
    }
    line.text("\n\tLeap indicator: ").text(LEAPS[first >> 6]).print(" (%u)", first & 0xC0);
    if (mode < CONTROL) {
      time(at, length);
    } else if (mode == CONTROL) {
      control(at, length);
    }
  }

  private void time(long at, long length) {
    if (length < KEY) {
      line.invalid(at, length);
      return;
    }
    int stratum = line.u8(at + STRATUM);
    line.print(", Stratum %u (", stratum).text(stratum(stratum)).text(")");
    poll((byte) line.u8(at + POLL));
    int precision = (byte) line.u8(at + PRECISION);
    line.text(", precision ").number(precision);
    fixed("\n\tRoot Delay: ", at + ROOT_DELAY);
    fixed(", Root dispersion: ", at + ROOT_DISPERSION);
    if (!line.needs(at + REFERENCE, 4)) {
      return;
    }
    line.text(", Reference-ID: ");
    String service = PRIVATE_STRATA.find(stratum);
    if (service != null) {
      line.ipv4(at + REFERENCE).text(" ").text(service);
      return;
    }
    reference(stratum, at + REFERENCE);
    moment("\n\t  Reference Timestamp:  ", at + REFERENCE_TIME);
    moment("\n\t  Originator Timestamp: ", at + ORIGIN_TIME);
    moment("\n\t  Receive Timestamp:    ", at + RECEIVE_TIME);
    moment("\n\t  Transmit Timestamp:   ", at + TRANSMIT_TIME);
    difference("\n\t    Originator - Receive Timestamp:  ", at, RECEIVE_TIME);
    difference("\n\t    Originator - Transmit Timestamp: ", at, TRANSMIT_TIME);
    key(at + KEY, length - KEY);
  }

  private static String stratum(int stratum) {
    return switch (stratum) {
      case 0 -> "unspecified";
      case 1 -> "primary reference";
      default -> stratum < 16 ? "secondary reference" : "reserved";
    };
  }

  /// The interval between messages, as a power of two seconds.
  private void poll(int exponent) {
    if (line.isCut()) {
      return;
    }
    line.text(", poll ").number(exponent);
    if (exponent >= 0 && exponent < Integer.SIZE) {
      line.print(" (%us)", 1L << exponent);
    } else if (exponent < 0 && exponent > -Integer.SIZE) {
      line.print(" (1/%us)", 1L << -exponent);
    }
  }

  /// Seconds with 16 bits on each side of the point.
  private void fixed(String name, long at) {
    if (line.needs(at, 4)) {
      long millionths = (line.u16(at + 2) * 1_000_000L) >> Short.SIZE;
      line.text(name).print("%u.%06u", line.u16(at), millionths);
    }
  }

  private void reference(int stratum, long at) {
    switch (stratum) {
      case 0 -> line.text("(unspec)");
      case 1 -> {
        for (int i = 0; i < 4; i++) {
          line.visible(line.u8(at + i));
        }
      }
      default -> line.hex(line.u32(at), 8);
    }
  }

  private void moment(String name, long at) {
    if (line.needs(at, 8)) {
      line.text(name);
      moment(line.u64(at));
    }
  }

  /// A time of 32 bits of seconds since 1900 and 32 bits of their fraction.
  private void moment(long time) {
    long seconds = time >>> Integer.SIZE;
    print(time);
    if (seconds == 0) {
      return;
    }
    line.text(" (");
    utc.iso(seconds - FROM_1900_TO_1970);
    line.text(")");
  }

  private void print(long time) {
    long nanos = ((time & 0xFFFF_FFFFL) * 1_000_000_000L) >>> Integer.SIZE;
    line.print("%u.%09u", time >>> Integer.SIZE, nanos);
  }

  private void difference(String name, long at, int other) {
    long origin = line.u64(at + ORIGIN_TIME);
    long time = line.u64(at + other);
    if (line.isCut()) {
      return;
    }
    line.text(name);
    if (origin == 0) {
      moment(time);
    } else {
      boolean isLater = Long.compareUnsigned(time, origin) > 0;
      line.text(isLater ? "+" : "-");
      print(isLater ? time - origin : origin - time);
    }
  }

  private void key(long at, long length) {
    if (length == 4 || length == 20 || length == 24) {
      line.print("\n\tKey id: %u", line.u32(at));
      if (length > 4 && line.needs(at + 4, length - 4)) {
        line.text("\n\tAuthentication: ").hexBytes(at + 4, length - 4);
      }
    } else if (length > 0) {
      line.print("\n\t(%u more bytes after the header)", length);
    }
  }

  private void control(long at, long length) {
    if (length < CONTROL_BYTES) {
      line.invalid(at, length);
      return;
    }
    int bits = line.u8(at + 1);
    if (line.isCut()) {
      return;
    }
    line.text((bits & 0x80) != 0 ? ", Response" : ", Request");
    line.text((bits & 0x40) != 0 ? ", Error" : ", OK");
    line.text((bits & 0x20) != 0 ? ", More" : ", Last");
    line.print(", OpCode=%u\n", bits & 0x1F);
    line.print("\tSequence=%u", line.u16(at + 2));
    int status = line.u16(at + 4);
    line.print(status == 0 ? ", Status=0" : ", Status=0x%x", status);
    line.print(", Assoc.=%u", line.u16(at + 6));
    line.print(", Offset=%u", line.u16(at + 8));
    int count = line.u16(at + 10);
    line.print(", Count=%u", count);
    if (count > length - CONTROL_BYTES) {
      line.invalid(at, length);
    } else if (count > 0 && line.needs(at + CONTROL_BYTES, count)) {
      line.text("\n\tTO-BE-DONE: data not interpreted");
    }
  }
}
