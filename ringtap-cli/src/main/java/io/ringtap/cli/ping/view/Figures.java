package io.ringtap.cli.ping.view;

import io.ringtap.ping.RttStatistics;

/// Numbers as people read them, appended without any garbage.
final class Figures {
  private static final long MILLI = 1_000_000; // nanoseconds

  private Figures() {}

  /// Milliseconds with as many digits as `ping` shows: 0.031, 3.14, 31.4, 314.
  static StringBuilder millis(StringBuilder text, long nanos) {
    if (nanos < MILLI) {
      return decimal(text, nanos, MILLI, 3);
    }
    if (nanos < 10 * MILLI) {
      return decimal(text, nanos, MILLI, 2);
    }
    return decimal(text, nanos, MILLI, nanos < 100 * MILLI ? 1 : 0);
  }

  /// Milliseconds with three decimals.
  static StringBuilder fixedMillis(StringBuilder text, long nanos) {
    return decimal(text, nanos, MILLI, 3);
  }

  /// Milliseconds with three decimals.
  static StringBuilder fixedMillis(StringBuilder text, double nanos) {
    return fixedMillis(text, Math.round(nanos));
  }

  /// A part of 1 in percent, six digits at the most, without zeros at the end.
  static StringBuilder percent(StringBuilder text, double ratio) {
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

  /// Seconds since the epoch with microseconds, as `ping -D` prints them.
  static StringBuilder stamp(StringBuilder text, long epochNanos) {
    return decimal(text.append('['), epochNanos, 1_000_000_000, 6).append("] ");
  }

  /// `min/avg/p50/p90/p99/max/stddev/jitter` in milliseconds.
  static StringBuilder rtt(StringBuilder text, RttStatistics rtt) {
    fixedMillis(text, rtt.min()).append('/');
    fixedMillis(text, rtt.mean()).append('/');
    fixedMillis(text, rtt.median()).append('/');
    fixedMillis(text, rtt.quantile(0.9)).append('/');
    fixedMillis(text, rtt.quantile(0.99)).append('/');
    fixedMillis(text, rtt.max()).append('/');
    fixedMillis(text, rtt.stddev()).append('/');
    return fixedMillis(text, rtt.jitter());
  }

  /// `value / unit`, rounded to `decimals` digits after the point.
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
