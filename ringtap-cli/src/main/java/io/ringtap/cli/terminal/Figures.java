package io.ringtap.cli.terminal;

import java.util.Locale;

/// Numbers as people read them.
public final class Figures {
  private static final String PREFIXES = "kMGTP";
  private static final double STEP = 1000;

  private Figures() {}

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
  public static String percent(double share) {
    return fixed(share * 100, 1) + "%";
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
