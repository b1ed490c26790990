package io.ringtap.ping;

import java.util.Arrays;

/// Round-trip times in nanoseconds, as an immutable snapshot.
///
/// Up to [RttRecorder#EXACT_SAMPLES] samples quantiles are exact; beyond that they are read from a
/// log-linear histogram and are off by less than 1 % of their value. All else is exact at any
/// number.
public final class RttStatistics {
  static final RttStatistics NONE =
      new RttStatistics(0, 0, new Spread(0, 0, 0), new long[0], new long[0]);

  /// How the samples lie, in the words of the methods of the same names.
  record Spread(double mean, double stddev, double jitter) {}

  private final long min;
  private final long max;
  private final Spread spread;
  private final long[] values;
  private final long[] cumulated;

  /// @param values ascending sample values, or the middles of histogram buckets
  /// @param cumulated how many samples lie at or below each value
  RttStatistics(long min, long max, Spread spread, long[] values, long[] cumulated) {
    this.min = min;
    this.max = max;
    this.spread = spread;
    this.values = values;
    this.cumulated = cumulated;
  }

  /// Samples. All figures below are 0 when there are none.
  public long count() {
    return cumulated.length == 0 ? 0 : cumulated[cumulated.length - 1];
  }

  /// The shortest round-trip time, in nanoseconds.
  public long min() {
    return min;
  }

  /// The longest round-trip time, in nanoseconds.
  public long max() {
    return max;
  }

  /// The mean round-trip time, in nanoseconds.
  public double mean() {
    return spread.mean;
  }

  /// Standard deviation of the samples as a whole population, as ping's `mdev` is.
  public double stddev() {
    return spread.stddev;
  }

  /// The smoothed difference of successive samples (RFC 3550 §6.4.1, with round-trip times for
  /// transit times).
  public double jitter() {
    return spread.jitter;
  }

  /// The smallest sample that is not below a part `p` of all, 0 ≤ p ≤ 1 (nearest rank).
  public long quantile(double p) {
    if (p < 0 || p > 1) {
      throw new IllegalArgumentException("p is " + p + "; it must be 0 to 1");
    }
    if (count() == 0) {
      return 0;
    }
    long rank = Math.max(1, (long) Math.ceil(p * count()));
    int found = Arrays.binarySearch(cumulated, rank);
    int index = found >= 0 ? found : -found - 1;
    return Math.clamp(values[index], min, max);
  }

  /// The median round-trip time, in nanoseconds; as [#quantile] of 0.5.
  public long median() {
    return quantile(0.5);
  }
}
