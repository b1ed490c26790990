package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;

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
  private static final int FIRST_ROOM = 4;
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

  private static final short[] NO_BUCKETS = {};
  private static final long[] NO_COUNTS = {};

  // Sorted by bucket; those up to `used` count.
  private short[] buckets = NO_BUCKETS;
  private long[] counts = NO_COUNTS;
  private int used;
  private int schema = FINEST;
  private long zeros;
  private long sumNanos;

  RttBuckets() {}

  @Override
  public void add(long nanos) {
    if (nanos <= 0) {
      zeros++;
      return;
    }
    sumNanos += nanos;
    int finest = index(nanos / NANOS_PER_SECOND);
    int place = place(coarser(finest, FINEST - schema));
    while (isNew(place, finest) && used == MAX_BUCKETS) {
      merge();
      place = place(coarser(finest, FINEST - schema));
    }
    if (isNew(place, finest)) {
      insert(place, coarser(finest, FINEST - schema));
    }
    counts[place]++;
  }

  @Override
  public void addLoss() {}

  private boolean isNew(int place, int finest) {
    return place == used || buckets[place] != coarser(finest, FINEST - schema);
  }

  private void insert(int place, int bucket) {
    if (used == buckets.length) {
      int room = Math.min(MAX_BUCKETS, Math.max(FIRST_ROOM, used + used / 2));
      buckets = Arrays.copyOf(buckets, room);
      counts = Arrays.copyOf(counts, room);
    }
    System.arraycopy(buckets, place, buckets, place + 1, used - place);
    System.arraycopy(counts, place, counts, place + 1, used - place);
    buckets[place] = (short) bucket;
    counts[place] = 0;
    used++;
  }

  /// Goes to the next coarser schema.
  private void merge() {
    schema--;
    int kept = 0;
    for (int i = 0; i < used; i++) {
      short bucket = (short) coarser(buckets[i], 1);
      if (kept > 0 && buckets[kept - 1] == bucket) {
        counts[kept - 1] += counts[i];
      } else {
        buckets[kept] = bucket;
        counts[kept] = counts[i];
        kept++;
      }
    }
    used = kept;
  }

  /// Where a bucket is or belongs.
  private int place(int bucket) {
    int low = 0;
    int high = used;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (buckets[middle] < bucket) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
    copy.buckets = Arrays.copyOf(buckets, used);
    copy.counts = Arrays.copyOf(counts, used);
    copy.used = used;
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
    int[] indexes = new int[used];
    for (int i = 0; i < used; i++) {
      indexes[i] = buckets[i];
    }
    return NativeHistogramBuckets.of(indexes, Arrays.copyOf(counts, used));
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
    for (int i = 0; i < used; i++) {
      int power = coarser(buckets[i], schema);
      times[Math.clamp(power - (long) FIRST_POWER, 0, classic - 1)] += counts[i];
    }
    return ClassicHistogramBuckets.of(ends, times);
  }
}
