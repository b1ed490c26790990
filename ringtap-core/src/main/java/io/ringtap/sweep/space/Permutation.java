package io.ringtap.sweep.space;

/// An order of the numbers from 0 to n - 1 that looks random, and in which each comes once. It is
/// computed and not kept: a number follows from its position, whatever came before. Immutable.
///
/// A Feistel network permutes the numbers of as many bits as n needs; a number that is not below n
/// is put through it again until it is ("cycle walking", Black and Rogaway, 2002), which takes less
/// than two steps on the average. A walk through a multiplicative group, as zmap's, would need a
/// prime above n and a generator for each n, and knows only the successor of a number: here any
/// thread takes any position, and a sweep that was stopped goes on from one.
///
/// The order of a seed stays the same in later releases, for saved positions count on it.
///
/// It spreads packets over networks; it hides nothing from who wants to know the seed.
public final class Permutation {
  /// The largest n.
  public static final long MAX_SIZE = 1L << 62;

  private static final int ROUNDS =
      4; // with random functions the least that looks random (Luby, Rackoff)
  private static final int FEWEST_BITS = 2; // one for each half

  // Odd numbers whose bits are mixed well, of SplitMix64 (Steele, Lea and Flood, 2014).
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
  private static final long MIX_1 = 0xBF58_476D_1CE4_E5B9L;
  private static final long MIX_2 = 0x94D0_49BB_1331_11EBL;

  private final long size;
  private final int lowBits;
  private final long lowMask;
  private final int highShift; // leaves as many of the top bits as the half has
  private final int lowShift;
  private final long key0;
  private final long key1;
  private final long key2;
  private final long key3;

  /// The order of the numbers below `size` that belongs to `seed`.
  ///
  /// @param size n, 1 to [#MAX_SIZE]
  /// @param seed any number; another one gives another order
  /// @throws IllegalArgumentException if the size is out of range
  public Permutation(long size, long seed) {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("a permutation of 1 to 2^62 numbers, not of " + size);
    }
    this.size = size;
    int bits = Math.max(FEWEST_BITS, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    lowBits = bits / 2;
    int highBits = bits - lowBits;
    lowMask = (1L << lowBits) - 1;
    lowShift = Long.SIZE - lowBits;
    highShift = Long.SIZE - highBits;
    long[] keys = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      keys[i] = mixed(seed + (i + 1) * STEP);
    }
    key0 = keys[0];
    key1 = keys[1];
    key2 = keys[2];
    key3 = keys[3];
  }

  private static long mixed(long value) {
    long z = (value ^ value >>> 30) * MIX_1;
    z = (z ^ z >>> 27) * MIX_2;
    return z ^ z >>> 31;
  }

  /// n.
  public long size() {
    return size;
  }

  /// The number at a position.
  ///
  /// @param position 0 to n - 1
  public long at(long position) {
    long value = position;
    do {
      value = permuted(value);
    } while (value >= size);
    return value;
  }

  private long permuted(long value) {
    long high = value >>> lowBits;
    long low = value & lowMask;
    high ^= hashed(low, key0) >>> highShift;
    low ^= hashed(high, key1) >>> lowShift;
    high ^= hashed(low, key2) >>> highShift;
    low ^= hashed(high, key3) >>> lowShift;
    return high << lowBits | low;
  }

  /// A number whose top bits depend on all of the half and of the key.
  private static long hashed(long half, long key) {
    long z = (half + key) * MIX_1;
    return (z ^ z >>> 32) * MIX_2;
  }
}
