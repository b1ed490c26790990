package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;

/// Round-trip times in the buckets that smokeping_prober has by default: the first ends at 50 µs,
/// each other one at twice the end of the one before.
final class FixedBuckets implements RttCounts {
  private static final double FIRST_SECONDS = 5e-5;
  private static final int ENDS = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] counts = new long[ENDS + 1];
  private long sumNanos;

  FixedBuckets() {}

  @Override
  public void add(long nanos) {
    int bucket = 0;
    while (bucket < ENDS && nanos / NANOS_PER_SECOND > end(bucket)) {
      bucket++;
    }
    counts[bucket]++;
    sumNanos += nanos;
  }

  private static double end(int bucket) {
    return bucket == ENDS ? Double.POSITIVE_INFINITY : Math.scalb(FIRST_SECONDS, bucket);
  }

  @Override
  public void addLoss() {}

  @Override
  public FixedBuckets copy() {
    FixedBuckets copy = new FixedBuckets();
    System.arraycopy(counts, 0, copy.counts, 0, counts.length);
    copy.sumNanos = sumNanos;
    return copy;
  }

  double sumSeconds() {
    return sumNanos / NANOS_PER_SECOND;
  }

  ClassicHistogramBuckets buckets() {
    double[] ends = new double[ENDS + 1];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = end(i);
    }
    return ClassicHistogramBuckets.of(ends, counts.clone());
  }
}
