package io.ringtap.lab.report;

import java.util.Locale;

/// Numbers as readers see them: `1,234,567.8`.
final class NumberText {
  /// From here on digits say less than the power of ten.
  private static final double LARGEST_PLAIN = 1e15;

  private NumberText() {}

  static String of(double number, int decimals) {
    if (Math.abs(number) >= LARGEST_PLAIN) {
      return String.format(Locale.ROOT, "%.3e", number);
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", number);
    boolean isMinusNothing =
        text.startsWith("-") && text.chars().noneMatch(c -> c > '0' && c <= '9');
    return isMinusNothing ? text.substring(1) : text;
  }

  static String of(double number, Report.Metric metric) {
    return of(number, metric.decimals());
  }

  /// `1 run`, `3 runs`.
  static String runs(int count) {
    return count == 1 ? "1 run" : of(count, 0) + " runs";
  }
}
