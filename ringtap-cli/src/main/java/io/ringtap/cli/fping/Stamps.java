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

  private Stamps() {}

  static StringBuilder append(StringBuilder text, TimeFormat format, long epochNanos) {
    return switch (format) {
      case SECONDS -> Figures.seconds(text, epochNanos, DECIMALS);
      case CTIME -> append(text, "EEE MMM ppd HH:mm:ss yyyy", epochNanos);
      case ISO -> append(text, "yyyy-MM-dd'T'HH:mm:ssxx", epochNanos);
      case RFC3339 -> append(text, "yyyy-MM-dd HH:mm:ss", epochNanos);
    };
  }

  private static StringBuilder append(StringBuilder text, String pattern, long epochNanos) {
    ZonedDateTime time = Instant.ofEpochSecond(0, epochNanos).atZone(ZoneId.systemDefault());
    return text.append(time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
  }
}
