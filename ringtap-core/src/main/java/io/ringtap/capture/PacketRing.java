package io.ringtap.capture;

import static io.ringtap.linux.IfPacket.TP_STATUS_KERNEL;
import static io.ringtap.linux.IfPacket.TP_STATUS_USER;

import io.ringtap.linux.Tpacket3Hdr;
import io.ringtap.linux.TpacketBlockDesc;
import java.lang.foreign.MemorySegment;

/// A walk over the blocks of a TPACKET_V3 receive ring. One thread drains it.
public final class PacketRing {
  private final MemorySegment ring;
  private final long blockSize; // bytes
  private final int blockCount;
  private int next; // the block that the kernel hands over next

  /// A walk over `ring`, which `blockCount` blocks fill.
  public PacketRing(MemorySegment ring, int blockCount) {
    this.ring = ring;
    this.blockSize = ring.byteSize() / blockCount;
    this.blockCount = blockCount;
  }

  /// Lends `handler` each packet of the next block, then gives the block back, also when `handler`
  /// throws.
  ///
  /// @return packets shown; 0 while the kernel still owns the block
  public int drain(PacketHandler handler) {
    long block = next * blockSize;
    if ((TpacketBlockDesc.statusAcquire(ring, block) & TP_STATUS_USER) == 0) {
      return 0;
    }
    try {
      int count = TpacketBlockDesc.packetCount(ring, block);
      long header = block + TpacketBlockDesc.offsetToFirstPacket(ring, block);
      for (int i = 0; i < count; i++) {
        handler.onPacket(ring, header);
        header += Tpacket3Hdr.nextOffset(ring, header);
      }
      return count;
    } finally {
      TpacketBlockDesc.clearPacketCount(ring, block);
      TpacketBlockDesc.statusRelease(ring, block, TP_STATUS_KERNEL);
      next = next + 1 == blockCount ? 0 : next + 1;
    }
  }

  /// Whether the block that the kernel is filling holds packets, which [#drain] will show when the
  /// block is full or its time is over. Those shown before are older.
  public boolean hasUnretired() {
    return TpacketBlockDesc.packetCount(ring, next * blockSize) != 0;
  }
}
