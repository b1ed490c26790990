package io.ringtap.monitor.event;

import io.ringtap.monitor.config.RuleConfig;
import java.time.Duration;
import java.util.Locale;

/// What events say of themselves, for people.
final class Details {
  static final String NOT_WATCHED = "not watched any more";
  static final String NO_RULE = "no rule looks at it any more";

  static final String RESOLVED = "can be resolved again";

  private static final double NANOS_PER_MILLI = 1e6;

  private Details() {}

  static String down(int probes) {
    return count(probes, "probe") + " in a row without a reply";
  }

  static String up(int replies, long downNanos) {
    return count(replies, "reply", "replies") + " in a row, after " + time(downNanos);
  }

  /// A figure of windows, as it is when something begins or ends.
  ///
  /// @param usualNanos the usual latency; only looked at for the kind BASELINE
  static String figure(RuleConfig rule, double figure, long usualNanos) {
    String what =
        switch (rule.kind()) {
          case LOSS -> percent(figure) + " loss";
          case LATENCY -> "median of " + millis(figure);
          case BASELINE ->
              decimals(figure) + " times the usual latency of " + millis((double) usualNanos);
          case ROUTE -> count((long) figure, "change") + " of the TTL";
          case DUPLICATES -> percent(figure) + " duplicates";
          case DOWN, ADDRESS, NAME -> throw new IllegalArgumentException(rule.kind().word());
        };
    return what + " in " + time(rule.window().toNanos());
  }

  /// The limit beside the figure that has reached it.
  static String limit(RuleConfig rule) {
    return ", limit "
        + switch (rule.kind()) {
          case LOSS, DUPLICATES -> percent(rule.limit());
          case LATENCY -> millis(rule.limit());
          default -> decimals(rule.limit());
        };
  }

  private static String percent(double ratio) {
    return decimals(ratio * 100) + " %";
  }

  private static String millis(double nanos) {
    return decimals(nanos / NANOS_PER_MILLI) + " ms";
  }

  /// Three digits that matter, as far as there are so many.
  private static String decimals(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String count(long number, String what) {
    return count(number, what, what + "s");
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /// Such as `2 h 5 min`: the two largest units of it.
  static String time(long nanos) {
    Duration time = Duration.ofNanos(Math.max(0, nanos));
    if (time.toDays() > 0) {
      return two(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return two(time.toHours(), "h", time.toMinutesPart(), "min");
    }
    if (time.toMinutes() > 0) {
      return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
    }
    return decimals(time.toMillis() / 1000.0) + " s";
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
