package io.ringtap.top;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The form of the counts that an XDP program keeps: a table of buckets for each CPU, each with a
/// few counters. A key belongs to the bucket that its hash names, the same on all CPUs, and takes
/// one of its counters: Space-Saving ([HeavyHitters]) among the keys of that bucket. A newcomer to
/// a full bucket gets the counter of the lightest key, with that key's count as what it may have
/// missed.
///
/// So `weight <= true weight <= weight + missed` for each key with a counter, and each key without
/// one weighs at most the least count of its bucket, its [#threshold]. The counts of a bucket add
/// up to all that its keys weigh, so its threshold is at most that divided by [#SLOTS].
///
/// A bucket has an array for each field, so that a search reads few cache lines. Beside the buckets
/// there is one element for packets without a key.
///
/// @param words of a key
/// @param number of the buckets, a power of two
record Buckets(int words, int number) {
  /// The counters of a bucket.
  static final int SLOTS = 8;

  /// How many counters there are for each that is asked for. Few buckets are full then, even if
  /// there are as many keys as counters were asked for, since keys spread unevenly.
  private static final int SPARE = 4;

  // Where fields begin.
  private static final int FIELD = SLOTS * Long.BYTES;
  static final int COUNT = 0; // the weight, and what was missed
  static final int COMPANION = FIELD;
  static final int MISSED = 2 * FIELD;
  private static final int WORDS = 3 * FIELD;

  // In the element for packets without a key.
  static final int KEYLESS_PACKETS = 0;
  static final int KEYLESS_BYTES = 8;
  static final int NOT_IP = 16;

  /// Buckets for keys of a kind, with four times as many counters as are asked for.
  static Buckets of(KeyKind kind, int counters) {
    int wanted = Math.max(1, counters * SPARE / SLOTS);
    return new Buckets(kind.words(), Integer.highestOneBit(2 * wanted - 1));
  }

  /// Elements: the buckets and, last, that for packets without a key.
  int elements() {
    return number + 1;
  }

  /// Where a word of the key in the first slot begins.
  int word(int word) {
    return WORDS + word * FIELD;
  }

  /// The weight of all keys that lost their counter.
  int evictedWeight() {
    return word(words);
  }

  /// The second number of all keys that lost their counter.
  int evictedCompanion() {
    return evictedWeight() + Long.BYTES;
  }

  /// Bytes of a bucket.
  int bytes() {
    return evictedCompanion() + Long.BYTES;
  }

  /// The greatest possible weight of a key without a counter.
  ///
  /// @param bucket memory with one bucket
  static long threshold(MemorySegment bucket) {
    long least = count(bucket, 0);
    for (int slot = 1; slot < SLOTS; slot++) {
      least = Math.min(least, count(bucket, slot));
    }
    return least;
  }

  /// The weight of a slot's key and what was missed of it; 0 if the slot is free.
  static long count(MemorySegment bucket, int slot) {
    return field(bucket, COUNT, slot);
  }

  /// What a slot's key may have weighed before it got its counter.
  static long missed(MemorySegment bucket, int slot) {
    return field(bucket, MISSED, slot);
  }

  /// The second number of a slot's key.
  static long companion(MemorySegment bucket, int slot) {
    return field(bucket, COMPANION, slot);
  }

  /// A copy of a slot's key.
  long[] key(MemorySegment bucket, int slot) {
    long[] key = new long[words];
    for (int i = 0; i < words; i++) {
      key[i] = field(bucket, word(i), slot);
    }
    return key;
  }

  private static long field(MemorySegment bucket, int field, int slot) {
    return bucket.get(ValueLayout.JAVA_LONG, field + (long) slot * Long.BYTES);
  }
}
