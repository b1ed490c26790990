package io.ringtap.cli.pcap;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.run.BadArgument;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.TypeConversionException;

/// A moment as users write it, which may depend on the first packet of a file.
sealed interface TimeArgument {
  /// Its nanoseconds since the epoch.
  ///
  /// @param first those of the first packet
  long epochNanos(long first);

  /// A moment that depends on nothing.
  record At(long nanos) implements TimeArgument {
    @Override
    public long epochNanos(long first) {
      return nanos;
    }
  }

  /// So long after the first packet.
  record After(long nanos) implements TimeArgument {
    @Override
    public long epochNanos(long first) {
      return first + nanos;
    }
  }

  /// A time of the day on which the first packet came.
  record OnThatDay(LocalTime time, ZoneId zone) implements TimeArgument {
    @Override
    public long epochNanos(long first) {
      LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(0, first), zone);
      return nanosOf(day.atTime(time).atZone(zone).toInstant());
    }
  }

  /// Reads a moment.
  ///
  /// @param option that it belongs to, for the message
  /// @throws BadArgument if the text is not one
  static TimeArgument parse(String option, String text) throws BadArgument {
    try {
      if (text.startsWith("+")) {
        return new After(new DurationConverter().convert(text.substring(1)).toNanos());
      }
      if (text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
        return new At(new BigDecimal(text).movePointRight(9).longValueExact());
      }
      ZoneId zone = ZoneId.systemDefault();
      if (text.matches("\\d{1,2}:.*")) {
        return new OnThatDay(LocalTime.parse(text), zone);
      }
      String iso = text.replace(' ', 'T');
      if (iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")) {
        return new At(nanosOf(OffsetDateTime.parse(iso).toInstant()));
      }
      LocalDateTime local =
          iso.contains("T") ? LocalDateTime.parse(iso) : LocalDate.parse(iso).atStartOfDay();
      return new At(nanosOf(local.atZone(zone).toInstant()));
    } catch (DateTimeException | ArithmeticException | TypeConversionException _) {
      throw new BadArgument(
          "%s '%s' is not a time, such as '2026-11-29 12:00:00.5', 12:00, 1790000000 or +10s"
              .formatted(option, text));
    }
  }

  private static long nanosOf(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)),
        instant.getNano());
  }
}
