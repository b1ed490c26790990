package io.ringtap.timing;

/// Spaces probes out to a rate (a generic cell rate algorithm). One thread uses it.
public final class Pacer {
  /// How far it may fall behind and still catch up. What was missed before that stays unsent, so
  /// that a pause does not end in a burst.
  private static final long CATCH_UP_NANOS = 10_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final double interval; // nanoseconds; 0 for no limit
  private double next = Double.NEGATIVE_INFINITY; // when the next probe is due
  private final long origin;

  /// @param rate probes a second; 0 for no limit
  public Pacer(double rate, long nowNanos) {
    interval = rate == 0 ? 0 : NANOS_PER_SECOND / rate;
    origin = nowNanos;
  }

  /// Whether a probe may go now; if so, it is counted.
  public boolean tryTake(long nowNanos) {
    double now = nowNanos - origin;
    if (next > now) {
      return false;
    }
    next = Math.max(next, now - CATCH_UP_NANOS) + interval;
    return true;
  }

  /// When the next probe may go, on the clock of [#tryTake].
  public long nextNanos() {
    return next == Double.NEGATIVE_INFINITY ? origin : origin + (long) next;
  }
}
