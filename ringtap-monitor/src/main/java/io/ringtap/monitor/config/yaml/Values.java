package io.ringtap.monitor.config.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms in which values are written. What is none is refused with an
/// [IllegalArgumentException] that says so and how it should be.
public final class Values {
  private static final Pattern NUMBER_WITH_UNIT =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(\\p{Alpha}+)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?) ?(?:([kMGT])(i?)B?|B)");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
  private static final Map<String, Long> UNITS = new LinkedHashMap<>(); // from the largest

  static {
    UNITS.put("y", 365 * 86_400_000_000_000L);
    UNITS.put("w", 7 * 86_400_000_000_000L);
    UNITS.put("d", 86_400_000_000_000L);
    UNITS.put("h", 3_600_000_000_000L);
    UNITS.put("m", 60_000_000_000L);
    UNITS.put("s", 1_000_000_000L);
    UNITS.put("ms", 1_000_000L);
    UNITS.put("us", 1_000L);
    UNITS.put("ns", 1L);
  }

  private Values() {}

  /// A duration such as `200ms`, `1s`, `1m30s`, `7d` or `0`. A year has 365 days.
  public static Duration duration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = NUMBER_WITH_UNIT.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    long smallest = Long.MAX_VALUE;
    int end = 0;
    while (end < text.length()) {
      Long unit = part.find(end) && part.start() == end ? UNITS.get(part.group(2)) : null;
      if (unit == null || unit >= smallest) {
        throw refusedDuration(text);
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      smallest = unit;
      end = part.end();
    }
    if (end == 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw refusedDuration(text);
    }
    return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static IllegalArgumentException refusedDuration(String text) {
    String right =
        DECIMAL.matcher(text).matches()
            ? "a duration needs its unit, as in " + text + "s or " + text + "ms"
            : "write it as 200ms, 1s, 1m30s, 6h or 7d";
    return new IllegalArgumentException(Mistake.quoted(text) + " is not a duration; " + right);
  }

  /// A duration within bounds.
  public static Duration duration(String text, Duration min, Duration max) {
    Duration duration = duration(text);
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is out of range; it must be " + text(min) + " to " + text(max));
    }
    return duration;
  }

  /// A duration as [#duration(String)] reads it.
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    long nanos = duration.toNanos();
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      boolean isWeek = unit.getKey().equals("w"); // 42d says more than 6w
      if (!isWeek && nanos >= unit.getValue()) {
        text.append(nanos / unit.getValue()).append(unit.getKey());
        nanos %= unit.getValue();
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  /// A size in bytes, such as `500MB`, `10GB` or `1.5GiB`.
  public static long size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is not a size; write it as 500MB, 10GB or 10GiB");
    }
    int power = size.group(2) == null ? 0 : "kMGT".indexOf(size.group(2)) + 1;
    BigDecimal factor = BigDecimal.valueOf("i".equals(size.group(3)) ? 1024 : 1000).pow(power);
    return new BigDecimal(size.group(1)).multiply(factor).longValue();
  }

  /// A ratio, written in percent.
  ///
  /// @return 0 to 1
  public static double percent(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : "";
    double percent = DECIMAL.matcher(number).matches() ? Double.parseDouble(number) : -1;
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is not a part of all; write it as 5% or 0.1%");
    }
    return percent / 100;
  }

  /// A factor, written as `2x`.
  public static double factor(String text) {
    String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : "";
    if (!DECIMAL.matcher(number).matches()) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is not a factor; write it as 2x or 1.5x");
    }
    return Double.parseDouble(number);
  }

  /// A whole number within bounds.
  public static int whole(String text, int min, int max) {
    boolean isNumber = text.matches("\\d{1,9}|0x\\p{XDigit}{1,7}");
    int number = isNumber ? Integer.decode(withoutZeros(text)) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is not a whole number from " + min + " to " + max);
    }
    return number;
  }

  /// A leading zero is no octal here.
  private static String withoutZeros(String text) {
    return text.startsWith("0x") ? text : text.replaceFirst("^0+(?=\\d)", "");
  }

  /// A point in time with its offset from UTC.
  public static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          Mistake.quoted(text)
              + " is not a time; write it with its offset from UTC, as 2026-12-01T22:00:00Z or"
              + " 2026-12-01T23:00:00+01:00",
          e);
    }
  }

  /// `true` or `false`, also as `on` or `off`.
  public static boolean truth(String text) {
    return switch (text) {
      case "true", "on" -> true;
      case "false", "off" -> false;
      default ->
          throw new IllegalArgumentException(Mistake.quoted(text) + " is neither on nor off");
    };
  }

  /// A constant of an enum.
  ///
  /// @param word how each is written
  public static <E extends Enum<E>> Form<E> choice(Class<E> type, Function<E, String> word) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (word.apply(constant).equals(text)) {
          return constant;
        }
      }
      String all = String.join(", ", Arrays.stream(type.getEnumConstants()).map(word).toList());
      throw new IllegalArgumentException(Mistake.quoted(text) + " is not one of " + all);
    };
  }
}
