package io.ringtap.socket;

/// The blocks of a TPACKET_V3 ring, as `struct tpacket_req3` has them.
///
/// @param blockBytes bytes of a block: a power of two, a page or more
/// @param blockCount how many blocks there are
/// @param retireMillis after how long the kernel hands over a block that is not full
/// @param hasHashes whether the kernel computes the hash of each packet's flow
public record RingLayout(int blockBytes, int blockCount, int retireMillis, boolean hasHashes) {
  /// A ring without hashes.
  public RingLayout(int blockBytes, int blockCount, int retireMillis) {
    this(blockBytes, blockCount, retireMillis, false);
  }

  /// Memory of the whole ring.
  public long bytes() {
    return (long) blockBytes * blockCount;
  }
}
