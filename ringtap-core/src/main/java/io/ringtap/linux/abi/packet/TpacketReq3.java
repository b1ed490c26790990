package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct tpacket_req3` (`linux/if_packet.h`): the shape of a TPACKET_V3 ring.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_req3")
public final class TpacketReq3 {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_block_size"),
          JAVA_INT.withName("tp_block_nr"),
          JAVA_INT.withName("tp_frame_size"),
          JAVA_INT.withName("tp_frame_nr"),
          JAVA_INT.withName("tp_retire_blk_tov"),
          JAVA_INT.withName("tp_sizeof_priv"),
          JAVA_INT.withName("tp_feature_req_word"));
  private static final long TP_BLOCK_SIZE = Offsets.of(LAYOUT, "tp_block_size");
  private static final long TP_BLOCK_NR = Offsets.of(LAYOUT, "tp_block_nr");
  private static final long TP_FRAME_SIZE = Offsets.of(LAYOUT, "tp_frame_size");
  private static final long TP_FRAME_NR = Offsets.of(LAYOUT, "tp_frame_nr");
  private static final long TP_RETIRE_BLK_TOV = Offsets.of(LAYOUT, "tp_retire_blk_tov");
  private static final long TP_FEATURE_REQ_WORD = Offsets.of(LAYOUT, "tp_feature_req_word");

  // Checked by the kernel and otherwise unused in version 3, where packets of any size fill a
  // block.
  private static final int FRAME_SIZE = 2048;

  private TpacketReq3() {}

  /// A request for `PACKET_RX_RING`.
  ///
  /// @param blockSize bytes of a block, a power-of-two multiple of the page size
  /// @param retireMillis after how long the kernel hands over a block that is not full
  /// @param features `TP_FT_REQ_FILL_RXHASH`, or 0
  public static MemorySegment allocate(
      Arena arena, int blockSize, int blockCount, int retireMillis, int features) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, TP_BLOCK_SIZE, blockSize);
    request.set(JAVA_INT, TP_BLOCK_NR, blockCount);
    request.set(JAVA_INT, TP_FRAME_SIZE, FRAME_SIZE);
    request.set(JAVA_INT, TP_FRAME_NR, blockSize / FRAME_SIZE * blockCount);
    request.set(JAVA_INT, TP_RETIRE_BLK_TOV, retireMillis);
    request.set(JAVA_INT, TP_FEATURE_REQ_WORD, features);
    return request;
  }
}
