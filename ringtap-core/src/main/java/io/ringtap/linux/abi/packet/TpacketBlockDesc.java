package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// `struct tpacket_block_desc`, the head of a TPACKET_V3 block (`linux/if_packet.h`, since kernel
/// 3.2).
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_block_desc")
public final class TpacketBlockDesc {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("version"),
          JAVA_INT.withName("offset_to_priv"),
          JAVA_INT.withName("hdr.bh1.block_status"),
          JAVA_INT.withName("hdr.bh1.num_pkts"),
          JAVA_INT.withName("hdr.bh1.offset_to_first_pkt"),
          JAVA_INT.withName("hdr.bh1.blk_len"),
          JAVA_LONG.withName("hdr.bh1.seq_num"),
          JAVA_INT.withName("hdr.bh1.ts_first_pkt.ts_sec"),
          JAVA_INT.withName("hdr.bh1.ts_first_pkt.ts_nsec"),
          JAVA_INT.withName("hdr.bh1.ts_last_pkt.ts_sec"),
          JAVA_INT.withName("hdr.bh1.ts_last_pkt.ts_nsec"));
  private static final long BLOCK_STATUS = Offsets.of(LAYOUT, "hdr.bh1.block_status");
  private static final long NUM_PKTS = Offsets.of(LAYOUT, "hdr.bh1.num_pkts");
  private static final long FIRST_PKT = Offsets.of(LAYOUT, "hdr.bh1.offset_to_first_pkt");
  private static final long FIRST_SECONDS = Offsets.of(LAYOUT, "hdr.bh1.ts_first_pkt.ts_sec");
  private static final long FIRST_NANOS = Offsets.of(LAYOUT, "hdr.bh1.ts_first_pkt.ts_nsec");
  private static final long LAST_SECONDS = Offsets.of(LAYOUT, "hdr.bh1.ts_last_pkt.ts_sec");
  private static final long LAST_NANOS = Offsets.of(LAYOUT, "hdr.bh1.ts_last_pkt.ts_nsec");
  private static final VarHandle STATUS = JAVA_INT.varHandle();

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private TpacketBlockDesc() {}

  /// The owner of the block. Acquire: the kernel stores the status after the packets, so a reader
  /// that sees `TP_STATUS_USER` sees all of them (`prb_close_block` in net/packet/af_packet.c).
  public static int statusAcquire(MemorySegment ring, long block) {
    return (int) STATUS.getAcquire(ring, block + BLOCK_STATUS);
  }

  /// Changes the owner of the block. Release: reads and writes of the block stay before the store.
  public static void statusRelease(MemorySegment ring, long block, int status) {
    STATUS.setRelease(ring, block + BLOCK_STATUS, status);
  }

  /// Packets in the block; grows while the kernel fills it.
  public static int packetCount(MemorySegment ring, long block) {
    return ring.get(JAVA_INT, block + NUM_PKTS);
  }

  /// Sets the packet count of a block to 0 before the block is handed back. The kernel does this
  /// only when it begins to fill the block again.
  public static void clearPacketCount(MemorySegment ring, long block) {
    ring.set(JAVA_INT, block + NUM_PKTS, 0);
  }

  /// Bytes from the start of the block.
  public static int offsetToFirstPacket(MemorySegment ring, long block) {
    return ring.get(JAVA_INT, block + FIRST_PKT);
  }

  /// When the kernel began to fill the block, in nanoseconds since the epoch.
  public static long firstNanos(MemorySegment ring, long block) {
    return nanos(ring, block + FIRST_SECONDS, block + FIRST_NANOS);
  }

  /// The stamp of the last packet of a block that has been handed over, or when it was retired, in
  /// nanoseconds since the epoch.
  public static long lastNanos(MemorySegment ring, long block) {
    return nanos(ring, block + LAST_SECONDS, block + LAST_NANOS);
  }

  private static long nanos(MemorySegment ring, long seconds, long nanos) {
    return Integer.toUnsignedLong(ring.get(JAVA_INT, seconds)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(ring.get(JAVA_INT, nanos));
  }
}
