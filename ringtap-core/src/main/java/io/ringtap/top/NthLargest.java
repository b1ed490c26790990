package io.ringtap.top;

import java.util.Arrays;

/// Finds a value by its rank, eight bits at a time: in at most eight passes, whatever the values
/// are. A partitioning search would be slow on values that somebody chose.
final class NthLargest {
  private static final int BITS = 8;

  private final int[] histogram = new int[1 << BITS];

  /// The value that `rank` values of the first `count` are not less than.
  ///
  /// @param values none negative
  /// @param rank 1 for the largest, to `count`
  long of(long[] values, int count, int rank) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all |= values[i];
    }
    int left = rank; // of those that begin as the value found so far
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

  /// Where the highest digit that is not 0 in all values begins.
  private static int topShift(long all) {
    return (63 - Long.numberOfLeadingZeros(all | 1)) / BITS * BITS;
  }
}
