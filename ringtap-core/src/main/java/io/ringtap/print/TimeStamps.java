package io.ringtap.print;

import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;

/// Writes the time before a line. It remembers the times of earlier lines.
final class TimeStamps {
  private static final long NANOS = 1_000_000_000L; // a second
  private static final int DAY = 86_400; // seconds
  private static final int QUARTER =
      900; // seconds; zones change their offset only at multiples of it

  private final TimeForm form;
  private final boolean isNanos;
  private final ZoneRules zone;
  private long first = Long.MIN_VALUE;
  private long previous = Long.MIN_VALUE;
  private long quarter = Long.MIN_VALUE;
  private int offset; // of the zone in this quarter of an hour, in seconds
  private long day = Long.MIN_VALUE;
  private String date = "";

  TimeStamps(PrintOptions options) {
    this.form = options.time();
    this.isNanos = options.isNanos();
    this.zone = options.zone().getRules();
  }

  /// Appends the time and a space, or nothing.
  void append(StringBuilder to, long epochNanos) {
    switch (form) {
      case NONE -> {}
      case TIME_OF_DAY -> appendLocal(to, epochNanos, false);
      case DATE_AND_TIME -> appendLocal(to, epochNanos, true);
      case EPOCH -> {
        to.append(Math.floorDiv(epochNanos, NANOS));
        appendFraction(to, epochNanos);
      }
      case SINCE_PREVIOUS -> {
        appendDifference(to, previous == Long.MIN_VALUE ? 0 : epochNanos - previous);
        previous = epochNanos;
      }
      case SINCE_FIRST -> {
        if (first == Long.MIN_VALUE) {
          first = epochNanos;
        }
        appendDifference(to, epochNanos - first);
      }
    }
  }

  private void appendLocal(StringBuilder to, long epochNanos, boolean withDate) {
    long second = Math.floorDiv(epochNanos, NANOS);
    if (Math.floorDiv(second, QUARTER) != quarter) {
      quarter = Math.floorDiv(second, QUARTER);
      offset = zone.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }
    long local = second + offset;
    if (withDate) {
      if (Math.floorDiv(local, DAY) != day) {
        day = Math.floorDiv(local, DAY);
        date = LocalDate.ofEpochDay(day).toString();
      }
      to.append(date).append(' ');
    }
    appendClock(to, Math.floorMod(local, DAY));
    appendFraction(to, epochNanos);
  }

  private void appendDifference(StringBuilder to, long nanos) {
    to.append(nanos < 0 ? '-' : ' ');
    long length = Math.abs(nanos);
    appendClock(to, length / NANOS);
    appendFraction(to, length);
  }

  private static void appendClock(StringBuilder to, long seconds) {
    appendPadded(to, seconds / 3600, 10);
    appendPadded(to.append(':'), seconds / 60 % 60, 10);
    appendPadded(to.append(':'), seconds % 60, 10);
  }

  private void appendFraction(StringBuilder to, long epochNanos) {
    long nanos = Math.floorMod(epochNanos, NANOS);
    to.append('.');
    if (isNanos) {
      appendPadded(to, nanos, 100_000_000);
    } else {
      appendPadded(to, nanos / 1000, 100_000);
    }
    to.append(' ');
  }

  /// @param unit of the first digit that is printed even if it is zero
  private static void appendPadded(StringBuilder to, long value, long unit) {
    for (long least = unit; least > 1 && value < least; least /= 10) {
      to.append('0');
    }
    to.append(value);
  }
}
