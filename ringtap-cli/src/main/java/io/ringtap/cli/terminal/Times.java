package io.ringtap.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Moments and durations, as views print them.
public final class Times {
  private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Times() {}

  /// The present time in nanoseconds since the epoch, on the real-time clock.
  public static long epochNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// The time of day as `13:02:59`.
  public static String timeOfDay(long epochNanos, ZoneId zone) {
    return LocalTime.ofInstant(Instant.ofEpochSecond(0, epochNanos), zone).format(TIME_OF_DAY);
  }

  /// Minutes and seconds as `0:07` or `73:20`.
  public static String minutes(Duration elapsed) {
    return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  /// A length of time in the unit that suits it: `90 s`, `3 min`, `2 h`, `4 days`, `3.17 years`.
  public static String words(double seconds) {
    double minutes = seconds / 60;
    double hours = minutes / 60;
    double days = hours / 24;
    if (seconds < 120) {
      return Math.round(seconds) + " s";
    }
    if (minutes < 120) {
      return Math.round(minutes) + " min";
    }
    if (hours < 48) {
      return Math.round(hours) + " h";
    }
    return days < 730
        ? Math.round(days) + " days"
        : String.format(Locale.ROOT, "%.3g years", days / 365.25);
  }
}
