package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.SparseCounts;

/// Round-trip times in the exponential buckets of Prometheus' native histograms: in schema n, each
/// bucket ends at 2^(1/2^n) times the end of the one before, and that end belongs to it. It begins
/// with schema 3 (a factor of 1.09) and goes to coarser ones when more than 48 buckets are filled,
/// so its room is bounded. One thread at a time uses it.
///
/// Adding allocates nothing once the buckets that it meets are there.
final class RttBuckets implements RttCounts {
  /// Values up to this one, in seconds, are in no bucket but counted as zero.
  static final double ZERO_THRESHOLD = 0x1p-128;

  private static final int FINEST = 3;
  private static final int MAX_BUCKETS = 48;
  private static final double NANOS_PER_SECOND = 1e9;

  // A double is (1 + mantissa / 2^52) * 2^exponent.
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_BIAS = 1_023;

  /// The mantissas at which the buckets within a power of two end, but for the last.
  private static final long[] ENDS = new long[1 << FINEST];

  static {
    for (int i = 0; i < ENDS.length; i++) {
      ENDS[i] = Double.doubleToRawLongBits(Math.pow(2, (double) i / ENDS.length)) & MANTISSA;
    }
  }

  // Classic buckets end at powers of two of a second, where buckets of all schemas end too: from
  // 61 µs to 32 s.
  private static final int FIRST_POWER = -14;
  private static final int LAST_POWER = 5;

  private SparseCounts counts = new SparseCounts();
  private int schema = FINEST;
  private long zeros;
  private long sumNanos;

  RttBuckets() {}

  @Override
  public void add(long nanos) {
    sumNanos += nanos;
    add(nanos, 1);
  }

  /// Takes in a window, of which no more is known than its buckets: what is in one of them counts
  /// as its middle, which is within 1/64 of it. So a value may be counted in the bucket next to its
  /// own if it lies within 1/64 of where they meet. The number of values and their sum are exact.
  void add(LatencyHistogram window) {
    sumNanos += window.sum();
    for (int i = 0; i < window.buckets(); i++) {
      add(window.middleAt(i), window.countAt(i));
    }
  }

  private void add(long nanos, long times) {
    if (nanos <= 0) {
      zeros += times;
      return;
    }
    int finest = index(nanos / NANOS_PER_SECOND);
    int bucket = coarser(finest, FINEST - schema);
    while (counts.size() == MAX_BUCKETS && !counts.has(bucket)) {
      merge();
      bucket = coarser(finest, FINEST - schema);
    }
    counts.add(bucket, times);
  }

  @Override
  public void addLoss() {}

  /// Goes to the next coarser schema.
  private void merge() {
    schema--;
    SparseCounts merged = new SparseCounts();
    for (int i = 0; i < counts.size(); i++) {
      merged.add(coarser(counts.bucketAt(i), 1), counts.countAt(i));
    }
    counts = merged;
  }

  /// The bucket of schema 3 that a value is in.
  ///
  /// @param seconds more than 0 and no subnormal number
  static int index(double seconds) {
    long bits = Double.doubleToRawLongBits(seconds);
    long mantissa = bits & MANTISSA;
    int end = 0;
    while (end < ENDS.length && ENDS[end] < mantissa) {
      end++;
    }
    int exponent = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
    return exponent * ENDS.length + end;
  }

  /// The bucket of a coarser schema that a bucket lies in.
  private static int coarser(int bucket, int schemas) {
    return ((bucket - 1) >> schemas) + 1;
  }

  @Override
  public RttBuckets copy() {
    RttBuckets copy = new RttBuckets();
    copy.counts = counts.copy();
    copy.schema = schema;
    copy.zeros = zeros;
    copy.sumNanos = sumNanos;
    return copy;
  }

  int schema() {
    return schema;
  }

  long zeros() {
    return zeros;
  }

  double sumSeconds() {
    return sumNanos / NANOS_PER_SECOND;
  }

  NativeHistogramBuckets nativeBuckets() {
    int[] indexes = new int[counts.size()];
    long[] times = new long[counts.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = counts.bucketAt(i);
      times[i] = counts.countAt(i);
    }
    return NativeHistogramBuckets.of(indexes, times);
  }

  /// The same counts in few and fixed buckets, for those who do not know native histograms. They
  /// lose nothing by it but width: each ends where one of these does.
  ClassicHistogramBuckets classicBuckets() {
    int classic = LAST_POWER - FIRST_POWER + 2;
    double[] ends = new double[classic];
    long[] times = new long[classic];
    for (int i = 0; i < classic - 1; i++) {
      ends[i] = Math.scalb(1.0, FIRST_POWER + i);
    }
    ends[classic - 1] = Double.POSITIVE_INFINITY;
    times[0] = zeros;
    for (int i = 0; i < counts.size(); i++) {
      int power = coarser(counts.bucketAt(i), schema);
      times[Math.clamp(power - (long) FIRST_POWER, 0, classic - 1)] += counts.countAt(i);
    }
    return ClassicHistogramBuckets.of(ends, times);
  }
}
