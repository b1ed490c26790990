package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The values of options as iputils reads them, and refuses them.
final class Values {
  private static final long MAX_INT = Integer.MAX_VALUE;
  private static final long MOST_SECONDS = Integer.MAX_VALUE / 1000; // milliseconds in 31 bits
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int MAX_FLOW_LABEL = 0xfffff; // 20 bits, RFC 8200 §3
  private static final int MAX_TOS = 255;
  private static final int MOST_PATTERN_BYTES = 16;
  private static final int HEX = 16;
  private static final int DECIMAL = 10;
  private static final Pattern WHOLE = Pattern.compile("\\s*[+-]?\\d+");
  private static final Pattern REAL =
      Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Values() {}

  /// Reads a whole number of a range. An option has a subclass of its own, as picocli needs it.
  abstract static class Whole implements ITypeConverter<Long> {
    private final long min;
    private final long max;

    Whole(long min, long max) {
      this.min = min;
      this.max = max;
    }

    @Override
    public Long convert(String text) {
      if (!WHOLE.matcher(text).matches()) {
        throw new TypeConversionException("invalid argument: '" + text + "'");
      }
      BigInteger value = new BigInteger(text.strip());
      if (value.bitLength() >= Long.SIZE) {
        throw new TypeConversionException(
            "invalid argument: '" + text + "': Numerical result out of range");
      }
      if (value.longValue() < min || value.longValue() > max) {
        throw new TypeConversionException(
            "invalid argument: '" + text + "': out of range: " + min + " <= value <= " + max);
      }
      return value.longValue();
    }
  }

  /// `-c`.
  static final class Count extends Whole {
    Count() {
      super(1, Long.MAX_VALUE);
    }
  }

  /// `-l`: no more than the sequence numbers tell apart.
  static final class Preload extends Whole {
    Preload() {
      super(1, 0x10000);
    }
  }

  /// `-w` and `-s`.
  static final class NonNegative extends Whole {
    NonNegative() {
      super(0, MAX_INT);
    }
  }

  /// `-S`.
  static final class Positive extends Whole {
    Positive() {
      super(1, MAX_INT);
    }
  }

  /// `-t`.
  static final class TimeToLive extends Whole {
    TimeToLive() {
      super(0, 255);
    }
  }

  /// `-m`.
  static final class Mark extends Whole {
    Mark() {
      super(0, 0xffff_ffffL);
    }
  }

  /// `-e`.
  static final class Identifier extends Whole {
    Identifier() {
      super(0, 0xffff);
    }
  }

  /// Reads seconds, such as `0.2`, to whole milliseconds.
  ///
  /// @param name what the value is, for the message
  /// @return nanoseconds
  static long seconds(String text, String name) throws BadArgument {
    if (!REAL.matcher(text).matches()) {
      throw new BadArgument("option argument contains garbage: " + text);
    }
    double seconds = Double.parseDouble(text.strip());
    if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
      throw new BadArgument("bad " + name + ": " + text);
    }
    long millis = (long) (seconds * 1000);
    return millis * NANOS_PER_MILLI;
  }

  /// `-Q`: a TOS or traffic class, decimal or hexadecimal after `0x`.
  static int typeOfService(String text) throws BadArgument {
    long value = number(text, "bad TOS value: ");
    if (value > MAX_TOS) {
      throw new BadArgument("the decimal value of TOS bits must be in range 0-255: " + value);
    }
    return (int) value;
  }

  /// `-F`: a flow label, decimal or hexadecimal after `0x`.
  static int flowLabel(String text) throws BadArgument {
    long value = number(text, "bad value for flowinfo: ");
    if (value > MAX_FLOW_LABEL) {
      throw new BadArgument("flow value is greater than 20 bits: " + text);
    }
    return (int) value;
  }

  private static long number(String text, String refusal) throws BadArgument {
    boolean isHex = text.startsWith("0x") || text.startsWith("0X");
    String digits = isHex ? text.substring(2) : text;
    try {
      long value = Long.parseLong(digits, isHex ? HEX : DECIMAL);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // the message below quotes it
    }
    throw new BadArgument(refusal + text);
  }

  /// `-p`: up to 16 bytes as hexadecimal digits, of which the last may stand alone.
  static byte[] pattern(String text) throws BadArgument {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), HEX) < 0) {
        throw new BadArgument("patterns must be specified as hex digits: " + text.substring(i));
      }
    }
    byte[] pattern = new byte[Math.min(MOST_PATTERN_BYTES, (text.length() + 1) / 2)];
    for (int i = 0; i < pattern.length; i++) {
      String digits = text.substring(2 * i, Math.min(text.length(), 2 * i + 2));
      pattern[i] = (byte) Integer.parseInt(digits, HEX);
    }
    return pattern;
  }
}
