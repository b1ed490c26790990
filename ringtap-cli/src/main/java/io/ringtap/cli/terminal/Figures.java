package io.ringtap.cli.terminal;

import java.util.Locale;

/// Numbers as people read them. Those that are appended to a text make no garbage.
public final class Figures {
  private static final String PREFIXES = "kMGTP";
  private static final double STEP = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Figures() {}

  /// How many a second, when `count` came in `nanos`.
  public static double perSecond(long count, long nanos) {
    return (double) count * NANOS_PER_SECOND / Math.max(1, nanos);
  }

  /// Three digits and a decimal prefix: `0`, `0.25`, `7.5`, `999`, `1.20k`, `616M`.
  public static String si(double value) {
    return si(value, "");
  }

  /// The same with its unit: `0 bit/s`, `1.20 kbit/s`.
  public static String bitRate(double value) {
    return si(value, " ") + "bit/s";
  }

  private static String si(double value, String blank) {
    double scaled = value;
    int prefix = 0;
    while (scaled >= 999.5 && prefix < PREFIXES.length()) {
      scaled /= STEP;
      prefix++;
    }
    if (prefix == 0) {
      return small(scaled) + blank;
    }
    int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return fixed(scaled, decimals) + blank + PREFIXES.charAt(prefix - 1);
  }

  /// A number below a thousand, which is often a whole one.
  private static String small(double value) {
    if (value >= 99.95 || value == Math.rint(value)) {
      return fixed(value, 0);
    }
    return fixed(value, value < 9.995 ? 2 : 1);
  }

  /// A part of 1 as `12.3%`.
  public static String share(double share) {
    return fixed(share * 100, 1) + "%";
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /// Appends a part of 1 in percent, with six digits at the most and without zeros at the end:
  /// `0%`, `87.5%`, `1.42857%`.
  public static StringBuilder percent(StringBuilder text, double ratio) {
    double percent = ratio * 100;
    int decimals = percent >= 10 ? 4 : percent >= 1 ? 5 : 6;
    long scale = power(decimals);
    decimal(text, Math.round(percent * scale), scale, decimals);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    text.setLength(text.charAt(end - 1) == '.' ? end - 1 : end);
    return text.append('%');
  }

  /// Appends milliseconds with as many digits as `ping` shows: 0.031, 3.14, 31.4, 314.
  public static StringBuilder millis(StringBuilder text, long nanos) {
    if (nanos < NANOS_PER_MILLI) {
      return fixedMillis(text, nanos);
    }
    if (nanos < 10 * NANOS_PER_MILLI) {
      return decimal(text, nanos, NANOS_PER_MILLI, 2);
    }
    return decimal(text, nanos, NANOS_PER_MILLI, nanos < 100 * NANOS_PER_MILLI ? 1 : 0);
  }

  /// Appends milliseconds with three decimals.
  public static StringBuilder fixedMillis(StringBuilder text, long nanos) {
    return decimal(text, nanos, NANOS_PER_MILLI, 3);
  }

  /// Appends milliseconds with three decimals.
  public static StringBuilder fixedMillis(StringBuilder text, double nanos) {
    return fixedMillis(text, Math.round(nanos));
  }

  /// Appends seconds since the epoch with microseconds, as `ping -D` prints them.
  public static StringBuilder stamp(StringBuilder text, long epochNanos) {
    return seconds(text.append('['), epochNanos, 6).append("] ");
  }

  /// Appends seconds with a number of decimals, 0 to 9.
  public static StringBuilder seconds(StringBuilder text, long nanos, int decimals) {
    return decimal(text, nanos, NANOS_PER_SECOND, decimals);
  }

  /// Appends `value / unit`, rounded to `decimals` digits after the point.
  private static StringBuilder decimal(StringBuilder text, long value, long unit, int decimals) {
    long scale = power(decimals);
    long step = unit / scale;
    long rounded = (value + step / 2) / step;
    text.append(rounded / scale);
    if (decimals > 0) {
      text.append('.');
      long fraction = rounded % scale;
      for (long digit = scale / 10; digit > 0; digit /= 10) {
        text.append((char) ('0' + fraction / digit % 10));
      }
    }
    return text;
  }

  private static long power(int decimals) {
    long power = 1;
    for (int i = 0; i < decimals; i++) {
      power *= 10;
    }
    return power;
  }
}
