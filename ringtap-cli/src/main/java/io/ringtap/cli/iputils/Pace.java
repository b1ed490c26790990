package io.ringtap.cli.iputils;

import java.util.concurrent.TimeUnit;

/// When the next probe may be sent: one an interval, and so many ahead as `-l` says. An interval of
/// 0 waits for answers: each lets a probe go, and without any, one goes every 10 ms. Times are
/// nanoseconds of a monotonic clock. One thread uses it.
final class Pace {
  /// How long a flood waits for an answer, and any sending after a probe that could not be sent.
  private static final long LEAST_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final int preload;
  private final boolean isAdaptive;
  private final long leastInterval;
  private long interval;
  private boolean hasBegun;
  private long lastNanos;
  private long credit; // time that earlier intervals have left over
  private long heldUntil = Long.MIN_VALUE;

  /// @param leastInterval below which an adaptive interval does not fall
  Pace(long interval, int preload, boolean isAdaptive, long leastInterval) {
    this.interval = interval;
    this.preload = preload;
    this.isAdaptive = isAdaptive;
    this.leastInterval = leastInterval;
  }

  /// The interval as it is now.
  long interval() {
    return interval;
  }

  /// When the last probe was sent.
  long lastNanos() {
    return lastNanos;
  }

  /// How long to wait for the next probe; 0 or less if it may go now.
  ///
  /// @param inFlight probes that may still be answered
  long untilDue(long now, long inFlight) {
    if (!hasBegun) {
      return 0;
    }
    if (heldUntil > now) {
      return heldUntil - now;
    }
    long elapsed = now - lastNanos;
    if (interval == 0 && elapsed < LEAST_WAIT && inFlight >= preload) {
      return LEAST_WAIT - elapsed;
    }
    return interval - creditAt(elapsed);
  }

  private long creditAt(long elapsed) {
    return Math.min(elapsed + credit, interval * preload);
  }

  /// A probe is sent now.
  void sent(long now) {
    credit =
        hasBegun ? Math.max(0, creditAt(now - lastNanos) - interval) : interval * (preload - 1);
    hasBegun = true;
    lastNanos = now;
  }

  /// A probe could not be sent.
  void refused(long now) {
    credit = 0;
    heldUntil = now + Math.max(interval, LEAST_WAIT);
  }

  /// A reply has come: an adaptive interval becomes the smoothed round-trip time, to whole
  /// milliseconds.
  ///
  /// @param smoothedNanos the round-trip time
  void answered(long smoothedNanos) {
    if (isAdaptive) {
      long rounded = (smoothedNanos + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI * NANOS_PER_MILLI;
      interval = Math.max(rounded, leastInterval);
    }
  }
}
