package io.ringtap.socket;

import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_KERNEL;
import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_USER;

import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.linux.abi.packet.TpacketBlockDesc;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A walk over the blocks of a TPACKET_V3 receive ring. One thread drains it.
public final class PacketRing {
  private final MemorySegment ring;
  private final long blockSize; // bytes
  private final int blockCount;
  private final FrameRestorer restorer;
  private final int snaplen;
  private final RingFrame packet;
  private int next; // the block that the kernel hands over next
  private @Nullable FrameFilter filter;
  private int shown; // by the last drain
  private int rejected; // by the last drain
  private long shownNanos;
  private boolean isAbandoned;

  /// A walk over `ring`, which `blockCount` blocks fill.
  ///
  /// @param packet shows the packets
  /// @param snaplen the most that is shown of a packet
  public PacketRing(
      MemorySegment ring, int blockCount, FrameRestorer restorer, int snaplen, RingFrame packet) {
    this.ring = ring;
    this.blockSize = ring.byteSize() / blockCount;
    this.blockCount = blockCount;
    this.restorer = restorer;
    this.snaplen = snaplen;
    this.packet = packet;
  }

  /// A walk that shows packets as the kernel left them.
  public PacketRing(MemorySegment ring, int blockCount) {
    this(
        ring,
        blockCount,
        FrameRestorer.NONE,
        Integer.MAX_VALUE,
        new RingFrame(LinkType.LINUX_SLL2, 0));
  }

  /// Lends `handler` each packet of the next block, then gives the block back, also when `handler`
  /// throws.
  ///
  /// @return packets shown; 0 while the kernel still owns the block
  public int drain(PacketHandler handler) {
    shown = 0;
    rejected = 0;
    long block = next * blockSize;
    if ((TpacketBlockDesc.statusAcquire(ring, block) & TP_STATUS_USER) == 0) {
      return 0;
    }
    try {
      shownNanos = TpacketBlockDesc.lastNanos(ring, block);
      show(block, handler);
    } finally {
      TpacketBlockDesc.clearPacketCount(ring, block);
      TpacketBlockDesc.statusRelease(ring, block, TP_STATUS_KERNEL);
      next = next + 1 == blockCount ? 0 : next + 1;
    }
    return shown;
  }

  private void show(long block, PacketHandler handler) {
    int count = TpacketBlockDesc.packetCount(ring, block);
    long header = block + TpacketBlockDesc.offsetToFirstPacket(ring, block);
    FrameFilter current = filter;
    int number = 0;
    int out = 0;
    try {
      while (number + out < count && !isAbandoned) {
        if (current != null && !passes(current, header)) {
          out++;
        } else {
          if (current == null) {
            restorer.restore(ring, header, snaplen);
          }
          packet.show(ring, header);
          number++;
          handler.onPacket(packet);
        }
        header += Tpacket3Hdr.nextOffset(ring, header);
      }
    } finally {
      shown = number;
      rejected = out;
      if (current != null && current.isOver()) {
        filter = null;
      }
    }
  }

  /// Whether a packet passes the filter; if so, it is restored.
  private boolean passes(FrameFilter current, long header) {
    if (!current.passes(ring, header)) {
      return false;
    }
    restorer.restore(ring, header, snaplen);
    return current.passesRestored(ring, header);
  }

  /// Shows only packets that pass `newFilter`; null shows all. Must not be called within a drain.
  public void filter(@Nullable FrameFilter newFilter) {
    filter = newFilter;
  }

  /// The filter in user space; null if absent.
  public @Nullable FrameFilter filter() {
    return filter;
  }

  /// Packets of the last [#drain] that the filter rejected.
  public int rejected() {
    return rejected;
  }

  /// Packets that the last [#drain] showed, also if the handler threw.
  public int shown() {
    return shown;
  }

  /// The stamp of the packet that the kernel put last into the block drained last, in nanoseconds
  /// since the epoch.
  public long shownNanos() {
    return shownNanos;
  }

  /// Shows no further packet, also not of the block under way. For the thread that drains, in a
  /// handler too.
  public void abandon() {
    isAbandoned = true;
  }

  /// Whether the block that the kernel is filling holds packets, which [#drain] will show when the
  /// block is full or its time is over. Those shown before are older.
  public boolean hasUnretired() {
    return TpacketBlockDesc.packetCount(ring, next * blockSize) != 0;
  }

  /// When the kernel began to fill its present block, in nanoseconds since the epoch: what it holds
  /// is younger.
  public long openedNanos() {
    return TpacketBlockDesc.firstNanos(ring, next * blockSize);
  }
}
