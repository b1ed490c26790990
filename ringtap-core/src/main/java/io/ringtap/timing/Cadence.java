package io.ringtap.timing;

/// When a thread wakes that may be late with what is due: at multiples of a step of the monotonic
/// clock, so that one wake-up serves much. What recurs after a multiple of the step is late by the
/// same each time.
///
/// The step is the slack, or half of it, or a quarter and so on: so short that no more comes
/// together than one batch, and that nothing is late by more than a small part of its interval. One
/// thread uses it.
public final class Cadence {
  /// So many at a time gain what there is to gain; more would be a burst on the way to the targets.
  private static final int ENOUGH = 128;

  /// The part of an interval by which what recurs may be late.
  private static final int PART_OF_INTERVAL = 20;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long slackNanos;
  private long longestNanos;
  private long stepNanos;

  /// @param slackNanos how late things may be at the most; 0 for at once
  public Cadence(long slackNanos) {
    this.slackNanos = slackNanos;
    longestNanos = slackNanos;
    stepNanos = slackNanos;
  }

  /// From now on something recurs at this interval. It is not forgotten when that ends.
  public void admit(long intervalNanos) {
    longestNanos = Math.min(longestNanos, intervalNanos / PART_OF_INTERVAL);
    if (stepNanos > longestNanos) {
      stepNanos = step(longestNanos);
    }
  }

  /// Goes by how much has been done lately.
  public void adapt(double perSecond) {
    long wanted = (long) (ENOUGH * NANOS_PER_SECOND / Math.max(1, perSecond));
    // A rate at the limit between two steps is not to change them time and again.
    long bound = wanted >= 2 * stepNanos ? wanted * 3 / 4 : wanted;
    stepNanos = step(Math.min(bound, longestNanos));
  }

  /// The longest step within a bound; 0 if it would be shorter than the schedule can tell.
  private long step(long boundNanos) {
    long step = slackNanos;
    while (step > boundNanos) {
      step /= 2;
    }
    return step < TimingWheel.TICK_NANOS ? 0 : step;
  }

  /// The step; 0 if nothing waits for others.
  public long stepNanos() {
    return stepNanos;
  }

  /// When to wake for what is due then.
  ///
  /// @param dueNanos by the monotonic clock; `Long.MAX_VALUE` for never
  public long wakeNanos(long dueNanos) {
    return stepNanos == 0 || dueNanos == Long.MAX_VALUE
        ? dueNanos
        : Math.ceilDiv(dueNanos, stepNanos) * stepNanos;
  }
}
