package io.ringtap.sweep.space;

import java.util.Arrays;

/// The blocks of a space while they are found, in order.
final class BlockList {
  private static final int FIRST_CAPACITY = 64;

  private long[] highs = new long[FIRST_CAPACITY];
  private long[] lows = new long[FIRST_CAPACITY];
  private long[] widths = new long[FIRST_CAPACITY];
  private long[] begins = new long[FIRST_CAPACITY + 1];
  private int count;
  private int ipv4Count;

  /// Values of the high bits.
  ///
  /// @param high the first
  /// @param count how many; 0 stands for 2⁶⁴
  record Rows(long high, long count) {}

  /// All blocks so far are of IPv4, and those that follow of IPv6.
  void endIpv4() {
    ipv4Count = count;
  }

  /// Adds a block.
  ///
  /// @param first the lowest value of the low bits
  /// @param last the highest
  /// @throws IllegalArgumentException if there would be too many addresses
  void add(Rows strip, long first, long last) {
    long rows = strip.count;
    long width = last - first + 1; // 0 stands for 2⁶⁴
    boolean isHuge =
        rows <= 0 || width <= 0 || Math.multiplyHigh(rows, width) != 0 || rows * width < 0;
    long end = isHuge ? Long.MAX_VALUE : begins[count] + rows * width;
    if (end < 0 || end > Permutation.MAX_SIZE) {
      throw new IllegalArgumentException("these are more than 2^62 addresses");
    }
    if (count == highs.length) {
      highs = Arrays.copyOf(highs, 2 * count);
      lows = Arrays.copyOf(lows, 2 * count);
      widths = Arrays.copyOf(widths, 2 * count);
      begins = Arrays.copyOf(begins, 2 * count + 1);
    }
    highs[count] = strip.high;
    lows[count] = first;
    widths[count] = width;
    count++;
    begins[count] = end;
  }

  int ipv4Count() {
    return ipv4Count;
  }

  long[] highs() {
    return Arrays.copyOf(highs, count);
  }

  long[] lows() {
    return Arrays.copyOf(lows, count);
  }

  long[] widths() {
    return Arrays.copyOf(widths, count);
  }

  /// One more than the blocks: the last is the end.
  long[] begins() {
    return Arrays.copyOf(begins, count + 1);
  }
}
