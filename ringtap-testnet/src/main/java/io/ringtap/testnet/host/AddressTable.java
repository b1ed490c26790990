package io.ringtap.testnet.host;

/// A map from addresses to numbers without objects: open addressing over arrays that double. For
/// one thread.
final class AddressTable {
  private static final int ABSENT = -1;
  private static final int INITIAL_CAPACITY = 64;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private long[] highs = new long[INITIAL_CAPACITY];
  private long[] lows = new long[INITIAL_CAPACITY];
  private int[] values = new int[INITIAL_CAPACITY]; // the value plus one; 0 if the slot is free
  private int size;

  /// The value of an address, or -1.
  int get(long high, long low) {
    return values[slot(high, low)] - 1;
  }

  /// Stores a value that is not negative.
  void put(long high, long low, int value) {
    int slot = slot(high, low);
    if (values[slot] == 0) {
      if (size * 2 >= values.length) {
        grow();
        slot = slot(high, low);
      }
      size++;
      highs[slot] = high;
      lows[slot] = low;
    }
    values[slot] = value + 1;
  }

  /// Adds one to the number of an address.
  ///
  /// @return the number before
  int increment(long high, long low) {
    int before = get(high, low);
    int count = before == ABSENT ? 0 : before;
    put(high, low, count + 1);
    return count;
  }

  /// The slot of the address, or the free slot for it.
  private int slot(long high, long low) {
    int mask = values.length - 1;
    long hash = (high * MULTIPLIER + low) * MULTIPLIER;
    int slot = (int) (hash >>> 32) & mask;
    while (values[slot] != 0 && (lows[slot] != low || highs[slot] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    int[] oldValues = values;
    highs = new long[oldHighs.length * 2];
    lows = new long[oldLows.length * 2];
    values = new int[oldValues.length * 2];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldHighs[i], oldLows[i]);
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
