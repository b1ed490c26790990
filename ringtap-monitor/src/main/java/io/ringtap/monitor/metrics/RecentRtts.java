package io.ringtap.monitor.metrics;

import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;

/// The round-trip times of the last ten probes, over which ping_exporter computes its figures.
final class RecentRtts implements RttCounts {
  private static final int KEPT = 10;
  private static final long LOST = -1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] nanos = new long[KEPT];
  private int next;
  private int used;

  RecentRtts() {}

  @Override
  public void add(long rttNanos) {
    put(rttNanos);
  }

  @Override
  public void addLoss() {
    put(LOST);
  }

  private void put(long value) {
    nanos[next] = value;
    next = (next + 1) % KEPT;
    used = Math.min(used + 1, KEPT);
  }

  @Override
  public RecentRtts copy() {
    RecentRtts copy = new RecentRtts();
    System.arraycopy(nanos, 0, copy.nanos, 0, KEPT);
    copy.next = next;
    copy.used = used;
    return copy;
  }

  private LongStream replies() {
    return Arrays.stream(nanos, 0, used).filter(value -> value != LOST);
  }

  /// Whether no probe has ended yet.
  boolean isEmpty() {
    return used == 0;
  }

  /// How many of them brought a reply.
  long count() {
    return replies().count();
  }

  /// Figures of the replies in nanoseconds.
  LongSummaryStatistics statistics() {
    return replies().summaryStatistics();
  }

  /// The standard deviation of the replies, in seconds.
  double deviationSeconds() {
    double mean = statistics().getAverage();
    double variance =
        replies().mapToDouble(value -> (value - mean) * (value - mean)).average().orElse(0);
    return Math.sqrt(variance) / NANOS_PER_SECOND;
  }

  /// The part of the probes that brought none, 0 to 1.
  double lossRatio() {
    return (double) (used - count()) / used;
  }
}
