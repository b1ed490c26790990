package io.ringtap.monitor.window;

/// A log-linear histogram of round-trip times in nanoseconds: 32 equal buckets for each power of
/// two, so a value stands within 1/64 of the middle of its bucket. Only buckets that hold something
/// take room. Histograms add up exactly. One thread at a time uses it.
///
/// Adding allocates nothing once the buckets that it meets are there.
public final class LatencyHistogram {
  /// Buckets for each power of two.
  public static final int BUCKETS_PER_OCTAVE = 32;

  private static final int SUB_BITS = 5;

  private SparseCounts counts = new SparseCounts();
  private long count;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;

  /// An empty one.
  public LatencyHistogram() {}

  /// The bucket that a value falls into.
  ///
  /// @param nanos 0 or more
  public static int bucket(long nanos) {
    if (nanos < BUCKETS_PER_OCTAVE) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (nanos >>> shift);
  }

  /// The smallest value of a bucket, in nanoseconds.
  public static long lowest(int bucket) {
    if (bucket < BUCKETS_PER_OCTAVE) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    return (long) (bucket - (shift << SUB_BITS)) << shift;
  }

  /// Takes in a round-trip time.
  ///
  /// @param nanos 0 or more
  public void add(long nanos) {
    counts.add(bucket(nanos), 1);
    count++;
    sum += nanos;
    min = Math.min(min, nanos);
    max = Math.max(max, nanos);
  }

  /// Takes in all that another one holds.
  public void add(LatencyHistogram other) {
    counts.add(other.counts);
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /// How many values there are.
  public long count() {
    return count;
  }

  /// Their sum, in nanoseconds.
  public long sum() {
    return sum;
  }

  /// The smallest of them, exactly; [Long#MAX_VALUE] if there are none.
  public long min() {
    return min;
  }

  /// The largest of them, exactly; 0 if there are none.
  public long max() {
    return max;
  }

  /// Their mean in nanoseconds; NaN if there are none.
  public double mean() {
    return count == 0 ? Double.NaN : (double) sum / count;
  }

  /// The value of which a part of all are not larger, in nanoseconds: the middle of its bucket,
  /// within [#min] and [#max]; -1 if there are none.
  ///
  /// @param part 0 to 1
  public long quantile(double part) {
    if (count == 0) {
      return -1;
    }
    long rank = Math.clamp((long) Math.ceil(part * count), 1, count);
    long seen = 0;
    for (int i = 0; i < counts.size(); i++) {
      seen += counts.countAt(i);
      if (seen >= rank) {
        return middleAt(i);
      }
    }
    return max;
  }

  /// Buckets that hold something.
  public int buckets() {
    return counts.size();
  }

  /// One of them, by rising values.
  ///
  /// @param index 0 to [#buckets] - 1
  public int bucketAt(int index) {
    return counts.bucketAt(index);
  }

  /// The middle of one of them, as far as it is within [#min] and [#max], in nanoseconds.
  ///
  /// @param index 0 to [#buckets] - 1
  public long middleAt(int index) {
    long low = lowest(counts.bucketAt(index));
    long middle = low + ((lowest(counts.bucketAt(index) + 1) - low) >>> 1);
    return Math.clamp(middle, min, max);
  }

  /// How many values are in it.
  ///
  /// @param index 0 to [#buckets] - 1
  public long countAt(int index) {
    return counts.countAt(index);
  }

  /// Puts back a bucket that was stored. To be called by rising buckets, before [#restore].
  public void restoreBucket(int bucket, long times) {
    counts.add(bucket, times);
    count += times;
  }

  /// Puts back what was stored beside the buckets.
  public void restore(long storedSum, long storedMin, long storedMax) {
    sum = storedSum;
    min = storedMin;
    max = storedMax;
  }

  /// A copy of its own, no larger than need be.
  public LatencyHistogram copy() {
    LatencyHistogram copy = new LatencyHistogram();
    copy.counts = counts.copy();
    copy.count = count;
    copy.sum = sum;
    copy.min = min;
    copy.max = max;
    return copy;
  }

  /// Empties it; its room stays.
  public void clear() {
    counts.clear();
    count = 0;
    sum = 0;
    min = Long.MAX_VALUE;
    max = 0;
  }
}
