package io.ringtap.capture;

import io.ringtap.socket.RingLayout;

/// The blocks of a TPACKET_V3 ring.
///
/// @param blockBytes bytes of a block: a power of two, 4096 or more. A packet is cut if it does not
///   fit into one block
/// @param blockCount blocks of the ring, 1 or more; the ring is smaller than 2 GiB
/// @param retireMillis after how long the kernel hands over a block that is not full
public record RingShape(int blockBytes, int blockCount, int retireMillis) {
  private static final int PAGE_BYTES = 4096;
  private static final int LARGEST_BLOCK = 256 * 1024;
  private static final int SMALLEST_BLOCK = 128 * 1024; // holds what GRO joins, 64 KiB

  // The timer hands over blocks however little is in them, so a few large ones would soon be used
  // up.
  private static final int WANTED_BLOCKS = 64;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message names the value and
  ///   the range
  public RingShape {
    if (blockBytes < PAGE_BYTES || Integer.bitCount(blockBytes) != 1) {
      throw new IllegalArgumentException(
          "the block size is a power of two, 4096 or more, not " + blockBytes);
    }
    if (blockCount < 1 || bytes(blockBytes, blockCount) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a ring has at least one block and less than 2 GiB, not " + blockCount + " blocks");
    }
    if (retireMillis < 1) {
      throw new IllegalArgumentException(
          "a block is retired after 1 ms or more, not " + retireMillis);
    }
  }

  /// Chooses the blocks for an amount of memory.
  static RingShape within(long bytes, int retireMillis) {
    long block = Long.highestOneBit(Math.max(1, bytes / WANTED_BLOCKS));
    int blockBytes = Math.clamp(block, SMALLEST_BLOCK, LARGEST_BLOCK);
    long count = Math.clamp(bytes / blockBytes, 2, Integer.MAX_VALUE / blockBytes);
    return new RingShape(blockBytes, (int) count, retireMillis);
  }

  RingLayout layout(boolean hasHashes) {
    return new RingLayout(blockBytes, blockCount, retireMillis, hasHashes);
  }

  /// The size of the whole ring in bytes.
  public long bytes() {
    return bytes(blockBytes, blockCount);
  }

  private static long bytes(int blockBytes, int blockCount) {
    return (long) blockBytes * blockCount;
  }
}
