package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct tpacket_req` (`linux/if_packet.h`): the shape of a TPACKET_V2 ring.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_req")
public final class TpacketReq {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_block_size"),
          JAVA_INT.withName("tp_block_nr"),
          JAVA_INT.withName("tp_frame_size"),
          JAVA_INT.withName("tp_frame_nr"));
  private static final long TP_BLOCK_SIZE = Offsets.of(LAYOUT, "tp_block_size");
  private static final long TP_BLOCK_NR = Offsets.of(LAYOUT, "tp_block_nr");
  private static final long TP_FRAME_SIZE = Offsets.of(LAYOUT, "tp_frame_size");
  private static final long TP_FRAME_NR = Offsets.of(LAYOUT, "tp_frame_nr");

  private TpacketReq() {}

  /// A request for `PACKET_RX_RING`. No frame lies across the end of a block.
  ///
  /// @param blockSize bytes of a block, a power-of-two multiple of the page size
  /// @param frameSize bytes of a frame, a multiple of `TPACKET_ALIGNMENT`
  public static MemorySegment allocate(Arena arena, int blockSize, int blockCount, int frameSize) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, TP_BLOCK_SIZE, blockSize);
    request.set(JAVA_INT, TP_BLOCK_NR, blockCount);
    request.set(JAVA_INT, TP_FRAME_SIZE, frameSize);
    request.set(JAVA_INT, TP_FRAME_NR, blockSize / frameSize * blockCount);
    return request;
  }
}
