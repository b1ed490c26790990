package io.ringtap.top;

import java.util.Arrays;

/// The heaviest keys of a stream of weighted keys, in memory that does not grow with the stream:
/// Space-Saving (A. Metwally, D. Agrawal, A. El Abbadi, "Efficient computation of frequent and
/// top-k elements in data streams", 2005), which here evicts many keys at a time.
///
/// Space-Saving gives the counter of the lightest key to each new key, and so must know the
/// lightest at every packet. This has room for twice the `counters`. When all of it is in use it
/// evicts the lighter half and more in one go, which costs each newcomer a few nanoseconds.
///
/// **What it guarantees.** For each key, [#weight] is what was counted since the key was admitted
/// and [#missed] the most that was not counted before, so that
///
/// ```
/// weight <= true weight <= weight + missed,   missed <= threshold <= total / counters
/// ```
///
/// and each key that is not there weighs at most [#threshold]. Proof:
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
/// free afterwards. Sketches of parts of a stream can be added up: what they missed adds up too,
/// and where a key is not in one of them, that one's threshold is what it missed.
///
/// One thread at a time uses it. Nothing is allocated after construction.
public final class HeavyHitters {
  /// The most counters that a sketch may have.
  public static final int MAX_COUNTERS = 1 << 20;

  // An entry: its hash, what is counted, and the key's words.
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
  private final long[] entries; // side by side, in the order of admission
  private final long[] excesses; // of all entries, while some are evicted
  private final long[] slots; // upper half of the hash, number of the entry + 1; 0 is free
  private final int mask;
  private final NthLargest nthLargest = new NthLargest();
  private int size;
  private long threshold;
  private long total;

  /// An empty table of counters.
  ///
  /// @param counters the bound is the total divided by this; 1 to [#MAX_COUNTERS]
  public HeavyHitters(int counters, KeyHash hash) {
    this.counters = counters;
    this.hash = hash;
    words = hash.words();
    stride = KEY + words;
    entries = new long[2 * counters * stride];
    excesses = new long[2 * counters];
    // At most half full, so that a search is short.
    slots = new long[Integer.highestOneBit(4 * counters - 1) << 1];
    mask = slots.length - 1;
  }

  /// Adds to a key's weight.
  ///
  /// @param key its words; more may follow in the array
  /// @param weight what keys are ranked by, not negative
  /// @param companion something else to add up beside it
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

  /// Takes the first free slot for an entry.
  private void link(int number) {
    long hashed = entries[number * stride + HASH];
    int slot = (int) hashed & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = (hashed & FINGERPRINT) | (number + 1);
  }

  /// Raises the threshold, and moves the entries that are above it together.
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

  /// Forgets everything.
  public void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    threshold = 0;
    total = 0;
  }

  /// How many keys are there.
  public int size() {
    return size;
  }

  /// How many keys there were room for: more were seen if the threshold is not 0.
  public int capacity() {
    return 2 * counters;
  }

  /// The sum of all weights.
  public long total() {
    return total;
  }

  /// The most that a key weighs that is not there, and that is missing from any key's weight. 0 as
  /// long as nothing was evicted: then all keys are there and all weights exact.
  public long threshold() {
    return threshold;
  }

  /// The weight of the key `number`, below [#size], since it was admitted.
  public long weight(int number) {
    return entries[number * stride + WEIGHT];
  }

  /// What was added up beside that weight.
  public long companion(int number) {
    return entries[number * stride + COMPANION];
  }

  /// The most that the key may have weighed before it was admitted.
  public long missed(int number) {
    return entries[number * stride + MISSED];
  }

  /// A copy of the key's words.
  public long[] key(int number) {
    int begin = number * stride + KEY;
    return Arrays.copyOfRange(entries, begin, begin + words);
  }
}
