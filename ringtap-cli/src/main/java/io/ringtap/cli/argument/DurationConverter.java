package io.ringtap.cli.argument;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations as `200ms`, `1s`, `500us`, or as a bare number of seconds, as `ping` takes them.
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final int LONGEST = 20; // characters: no number of nanoseconds needs more

  @Override
  public Duration convert(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    long unitNanos =
        switch (text.substring(end)) {
          case "ns" -> 1L;
          case "us", "µs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s", "" -> 1_000_000_000L;
          case "m", "min" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 0L;
        };
    if (unitNanos == 0 || end == 0 || end > LONGEST) {
      throw refused(text);
    }
    try {
      BigDecimal nanos =
          new BigDecimal(text.substring(0, end)).multiply(BigDecimal.valueOf(unitNanos));
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a duration, such as 200ms, 1s, 500us or 0.2 (seconds)");
  }
}
