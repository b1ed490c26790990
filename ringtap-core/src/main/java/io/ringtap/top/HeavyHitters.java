package io.ringtap.top;

import java.util.Arrays;

/// The heaviest keys of a stream of weighted keys, in memory that does not grow with the stream:
/// Space-Saving (A. Metwally, D. Agrawal, A. El Abbadi, "Efficient computation of frequent and
/// top-k elements in data streams", 2005), which here evicts many keys at a time.
///
/// Space-Saving gives the counter of the lightest key to each new key, so it must know the lightest
/// key at every packet. This class has room for twice the `counters`. When the room is used up, it
/// evicts more than half of the keys, the lightest ones, at once. This costs a few nanoseconds per
/// new key.
///
/// **What it guarantees.** For each key, [#weight] is the weight counted since the key was
/// admitted, and [#missed] is the most that it may have had before, so that
///
/// ```
/// weight <= true weight <= weight + missed,   missed <= threshold <= total / counters
/// ```
///
/// and each key without a counter weighs at most [#threshold]. Proof:
///
/// 1. _A key that is not there weighs at most the threshold._ So it is at the start, with both 0. A
///    newcomer is admitted with the threshold of that moment as what it may have missed. A key is
///    evicted only if its weight and what it missed together are at most the new threshold. The
///    threshold never falls.
/// 2. _The threshold is at most total / counters._ Let the excess of a key be its weight and what
///    it missed, less the threshold. It is never negative, and an addition raises the sum of all
///    excesses by what it adds to the total. An eviction raises the threshold by the `counters`-th
///    largest excess: so many keys, and they at least, lose that much of theirs. So `counters`
///    times the threshold was taken from a sum that cannot have been more than the total.
///
/// At most `counters - 1` keys have a larger excess than that one, so more than half of the room is
/// free afterwards. Sketches of parts of a stream can be added up: the missed weights add up too,
/// and for a sketch without the key its threshold is the missed weight.
///
/// Not thread-safe. Nothing is allocated after construction.
public final class HeavyHitters {
  /// The most counters that a sketch may have.
  public static final int MAX_COUNTERS = 1 << 20;

  // The fields of an entry: its hash, its counts, and the key's words.
  private static final int HASH = 0;
  private static final int WEIGHT = 1;
  private static final int COMPANION = 2;
  private static final int MISSED = 3;
  private static final int KEY = 4;

  private static final long FINGERPRINT = 0xFFFF_FFFF_0000_0000L;

  private final int counters;
  private final KeyHash hash;
  private final int words;
  private final int stride;
  private final long[] entries; // in the order of admission
  private final long[] excesses; // of all entries, used during an eviction
  private final long[] slots; // upper half of the hash, number of the entry + 1; 0 if free
  private final int mask;
  private final NthLargest nthLargest = new NthLargest();
  private int size;
  private long threshold;
  private long total;

  /// An empty table of counters.
  ///
  /// @param counters the error is at most the total divided by this; 1 to [#MAX_COUNTERS]
  public HeavyHitters(int counters, KeyHash hash) {
    this.counters = counters;
    this.hash = hash;
    words = hash.words();
    stride = KEY + words;
    entries = new long[2 * counters * stride];
    excesses = new long[2 * counters];
    // At most half full, so that searches are short.
    slots = new long[Integer.highestOneBit(4 * counters - 1) << 1];
    mask = slots.length - 1;
  }

  /// Adds to a key's weight.
  ///
  /// @param key its words; the array may be longer
  /// @param weight the weight to add, by which keys are ranked; not negative
  /// @param companion a second number to add up
  public void add(long[] key, long weight, long companion) {
    total += weight;
    long hashed = hash.of(key);
    int slot = (int) hashed & mask;
    while (slots[slot] != 0) {
      int entry = entryOf(slots[slot]);
      if ((slots[slot] ^ hashed) >>> 32 == 0 && isKeyOf(entry, key)) {
        entries[entry + WEIGHT] += weight;
        entries[entry + COMPANION] += companion;
        return;
      }
      slot = slot + 1 & mask;
    }
    if (size == capacity()) {
      evict();
    }
    int entry = size * stride;
    entries[entry + HASH] = hashed;
    entries[entry + WEIGHT] = weight;
    entries[entry + COMPANION] = companion;
    entries[entry + MISSED] = threshold;
    System.arraycopy(key, 0, entries, entry + KEY, words);
    link(size++);
  }

  private int entryOf(long slot) {
    return ((int) slot - 1) * stride;
  }

  private boolean isKeyOf(int entry, long[] key) {
    for (int i = 0; i < words; i++) {
      if (entries[entry + KEY + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  /// Puts an entry into the first free slot.
  private void link(int number) {
    long hashed = entries[number * stride + HASH];
    int slot = (int) hashed & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = (hashed & FINGERPRINT) | (number + 1);
  }

  /// Raises the threshold, and compacts the entries that are above it.
  private void evict() {
    for (int i = 0; i < size; i++) {
      excesses[i] = entries[i * stride + WEIGHT] + entries[i * stride + MISSED] - threshold;
    }
    long rise = nthLargest.of(excesses, size, counters);
    threshold += rise;
    Arrays.fill(slots, 0);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (excesses[i] > rise) {
        System.arraycopy(entries, i * stride, entries, kept * stride, stride);
        link(kept++);
      }
    }
    size = kept;
  }

  /// Removes all keys.
  public void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    threshold = 0;
    total = 0;
  }

  /// The number of keys with a counter.
  public int size() {
    return size;
  }

  /// The number of keys for which there is room. If the threshold is not 0, more keys were seen.
  public int capacity() {
    return 2 * counters;
  }

  /// The sum of all weights.
  public long total() {
    return total;
  }

  /// The greatest possible weight of a key without a counter, and the greatest possible error of
  /// any weight. 0 until a key is evicted: until then all keys have counters and all weights are
  /// exact.
  public long threshold() {
    return threshold;
  }

  /// The weight of the key `number`, below [#size], since it was admitted.
  public long weight(int number) {
    return entries[number * stride + WEIGHT];
  }

  /// The sum of the second numbers of the key.
  public long companion(int number) {
    return entries[number * stride + COMPANION];
  }

  /// The greatest possible weight of the key before it was admitted.
  public long missed(int number) {
    return entries[number * stride + MISSED];
  }

  /// A copy of the key's words.
  public long[] key(int number) {
    int begin = number * stride + KEY;
    return Arrays.copyOfRange(entries, begin, begin + words);
  }
}
