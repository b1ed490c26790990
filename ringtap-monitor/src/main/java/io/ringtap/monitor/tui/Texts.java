package io.ringtap.monitor.tui;

import java.util.Locale;

/// Figures and names as they stand on the screen.
final class Texts {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private Texts() {}

  /// A text from elsewhere with a question mark for each control character, which a terminal would
  /// obey.
  static String printable(String text) {
    StringBuilder printable = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        if (printable == null) {
          printable = new StringBuilder(text);
        }
        printable.setCharAt(i, '?');
      }
    }
    return printable == null ? text : printable.toString();
  }

  /// Whether a text contains another, whatever the case of letters.
  ///
  /// @param part in lower case
  static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }

  /// A round-trip time in at most six characters: `87us`, `1.23ms`, `123ms`, `2.50s`.
  static String rtt(long nanos) {
    if (nanos < 100 * NANOS_PER_MICRO) {
      return (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO + "us";
    }
    if (nanos < 999.5 * NANOS_PER_MILLI) {
      return threeDigits(nanos / NANOS_PER_MILLI) + "ms";
    }
    return threeDigits(nanos / NANOS_PER_SECOND) + "s";
  }

  private static String threeDigits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /// A loss ratio: `0%`, `0.4%`, `12%`. Never 0 of some loss, nor 100 of less than all.
  static String percent(double ratio) {
    double percent = 100 * ratio;
    if (percent <= 0) {
      return "0%";
    }
    if (percent < 9.95) {
      return String.format(Locale.ROOT, "%.1f%%", Math.max(percent, 0.1));
    }
    return (ratio < 1 ? Math.min(Math.round(percent), 99) : 100) + "%";
  }
}
