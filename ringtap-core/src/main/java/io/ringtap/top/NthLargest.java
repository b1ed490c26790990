package io.ringtap.top;

import java.util.Arrays;

/// Finds a value by its rank, eight bits at a time: in at most eight passes, whatever the values
/// are. Quickselect would be slow on values that an attacker chose.
final class NthLargest {
  private static final int BITS = 8;

  private final int[] histogram = new int[1 << BITS];

  /// The `rank`-th largest of the first `count` values.
  ///
  /// @param values none negative
  /// @param rank 1 for the largest, to `count`
  long of(long[] values, int count, int rank) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all |= values[i];
    }
    int left = rank; // among the values that begin with the digits found so far
    long found = 0;
    for (int shift = topShift(all); shift >= 0; shift -= BITS) {
      Arrays.fill(histogram, 0);
      for (int i = 0; i < count; i++) {
        if (values[i] >>> shift >>> BITS == found) {
          histogram[(int) (values[i] >>> shift) & 0xFF]++;
        }
      }
      int digit = 0xFF;
      while (histogram[digit] < left) {
        left -= histogram[digit--];
      }
      found = found << BITS | digit;
    }
    return found;
  }

  /// The shift of the highest digit that is not 0 in all values.
  private static int topShift(long all) {
    return (63 - Long.numberOfLeadingZeros(all | 1)) / BITS * BITS;
  }
}
