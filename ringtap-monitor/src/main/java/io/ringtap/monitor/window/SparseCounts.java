package io.ringtap.monitor.window;

import java.util.Arrays;

/// Counts by the number of a bucket, of which only those that hold something take room. One thread
/// at a time uses it.
///
/// Adding allocates nothing once the buckets that it meets are there.
public final class SparseCounts {
  private static final int FIRST_ROOM = 4;
  private static final int[] NO_BUCKETS = {};
  private static final long[] NO_COUNTS = {};

  // Sorted by bucket; those up to `used` count.
  private int[] buckets = NO_BUCKETS;
  private long[] counts = NO_COUNTS;
  private int used;

  /// Without any bucket.
  public SparseCounts() {}

  /// Counts so many more in a bucket.
  public void add(int bucket, long more) {
    int place = place(bucket);
    if (!isAt(place, bucket)) {
      insert(place, bucket);
    }
    counts[place] += more;
  }

  /// Counts all that others count.
  public void add(SparseCounts others) {
    for (int i = 0; i < others.used; i++) {
      add(others.buckets[i], others.counts[i]);
    }
  }

  /// Whether a bucket holds something.
  public boolean has(int bucket) {
    return isAt(place(bucket), bucket);
  }

  private boolean isAt(int place, int bucket) {
    return place < used && buckets[place] == bucket;
  }

  private void insert(int place, int bucket) {
    if (used == buckets.length) {
      int room = Math.max(FIRST_ROOM, used + used / 2);
      buckets = Arrays.copyOf(buckets, room);
      counts = Arrays.copyOf(counts, room);
    }
    System.arraycopy(buckets, place, buckets, place + 1, used - place);
    System.arraycopy(counts, place, counts, place + 1, used - place);
    buckets[place] = bucket;
    counts[place] = 0;
    used++;
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

  /// Buckets that hold something.
  public int size() {
    return used;
  }

  /// The number of one of them, by rising numbers.
  ///
  /// @param index 0 to [#size] - 1
  public int bucketAt(int index) {
    return buckets[index];
  }

  /// How much is in it.
  ///
  /// @param index 0 to [#size] - 1
  public long countAt(int index) {
    return counts[index];
  }

  /// A copy of its own, no larger than need be.
  public SparseCounts copy() {
    SparseCounts copy = new SparseCounts();
    copy.buckets = Arrays.copyOf(buckets, used);
    copy.counts = Arrays.copyOf(counts, used);
    copy.used = used;
    return copy;
  }

  /// Empties it; its room stays.
  public void clear() {
    used = 0;
  }
}
