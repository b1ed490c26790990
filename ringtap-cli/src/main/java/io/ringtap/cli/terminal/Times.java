package io.ringtap.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
}
