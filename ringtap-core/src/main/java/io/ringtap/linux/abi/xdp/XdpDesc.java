package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_desc` (`linux/if_xdp.h`): an entry of the receive and the transmit ring.
@CHeader(value = "linux/if_xdp.h", type = "struct xdp_desc")
public final class XdpDesc {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("addr"), JAVA_INT.withName("len"), JAVA_INT.withName("options"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long ADDR = Offsets.of(LAYOUT, "addr");
  private static final long LEN = Offsets.of(LAYOUT, "len");
  private static final long OPTIONS = Offsets.of(LAYOUT, "options");

  /// In the options: the frame goes on with the next entry. In `linux/if_xdp.h` since Linux 6.6, so
  /// older headers lack it.
  private static final int XDP_PKT_CONTD = 1;

  private XdpDesc() {}

  /// Where the bytes begin, counted from the beginning of the UMEM.
  public static long address(MemorySegment ring, long offset) {
    return ring.get(JAVA_LONG, offset + ADDR);
  }

  /// How many bytes there are.
  public static int length(MemorySegment ring, long offset) {
    return ring.get(JAVA_INT, offset + LEN);
  }

  /// Whether the frame goes on with the next entry.
  public static boolean isContinued(MemorySegment ring, long offset) {
    return (ring.get(JAVA_INT, offset + OPTIONS) & XDP_PKT_CONTD) != 0;
  }

  /// Writes an entry for a frame in one piece.
  public static void write(MemorySegment ring, long offset, long address, int length) {
    ring.set(JAVA_LONG, offset + ADDR, address);
    ring.set(JAVA_INT, offset + LEN, length);
    ring.set(JAVA_INT, offset + OPTIONS, 0);
  }
}
