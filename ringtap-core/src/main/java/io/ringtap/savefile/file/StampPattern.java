package io.ringtap.savefile.file;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A file name with conversions of `strftime(3)` for the time: `%Y %m %d %H %M %S %F %T %j %y %s
/// %%`.
public final class StampPattern {
  private final String pattern;
  private final ZoneId zone;

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException if the pattern has a conversion that is not known here
  public StampPattern(String pattern, ZoneId zone) {
    this.pattern = pattern;
    this.zone = zone;
    String _ = expand(0);
  }

  /// Whether the pattern has a conversion, so that names depend on the time.
  public boolean isTimed() {
    return pattern.replace("%%", "").contains("%");
  }

  /// The name for that time.
  public String expand(long epochNanos) {
    ZonedDateTime time = Instant.ofEpochSecond(0, epochNanos).atZone(zone);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        name.append(c);
      } else if (++i == pattern.length()) {
        throw new IllegalArgumentException(
            "the file name %s ends with a single %%; write %%%% for a percent sign"
                .formatted(pattern));
      } else {
        name.append(conversion(pattern.charAt(i), time));
      }
    }
    return name.toString();
  }

  private String conversion(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'Y' -> format(time, "yyyy");
      case 'y' -> format(time, "yy");
      case 'm' -> format(time, "MM");
      case 'd' -> format(time, "dd");
      case 'j' -> format(time, "DDD");
      case 'H' -> format(time, "HH");
      case 'M' -> format(time, "mm");
      case 'S' -> format(time, "ss");
      case 'F' -> format(time, "yyyy-MM-dd");
      case 'T' -> format(time, "HH:mm:ss");
      case 's' -> Long.toString(time.toEpochSecond());
      case '%' -> "%";
      default ->
          throw new IllegalArgumentException(
              "%%%c in the file name %s is not supported; the conversions are %s"
                  .formatted(letter, pattern, "%Y %m %d %H %M %S %F %T %j %y %s %%"));
    };
  }

  private static String format(ZonedDateTime time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
  }
}
