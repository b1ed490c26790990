package io.ringtap.cli.fping;

import io.ringtap.cli.fping.Settings.TimeFormat;
import io.ringtap.cli.terminal.Figures;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times of day as `-D` writes them.
final class Stamps {
  private static final int DECIMALS = 5;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  private Stamps() {}

  static StringBuilder append(StringBuilder text, TimeFormat format, long epochNanos) {
    return switch (format) {
      case SECONDS -> Figures.seconds(text, epochNanos, DECIMALS);
      case CTIME -> append(text, "EEE MMM ppd HH:mm:ss yyyy", epochNanos);
      case ISO -> append(text, "yyyy-MM-dd'T'HH:mm:ssxx", epochNanos);
      case RFC3339 -> append(text, "yyyy-MM-dd HH:mm:ss", epochNanos);
    };
  }

  /// Milliseconds since midnight UT, as ICMP timestamp messages have them (RFC 792).
  static long millisOfDay(long epochNanos) {
    return epochNanos / NANOS_PER_MILLI % MILLIS_PER_DAY;
  }

  private static StringBuilder append(StringBuilder text, String pattern, long epochNanos) {
    ZonedDateTime time = Instant.ofEpochSecond(0, epochNanos).atZone(ZoneId.systemDefault());
    return text.append(time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
  }
}
