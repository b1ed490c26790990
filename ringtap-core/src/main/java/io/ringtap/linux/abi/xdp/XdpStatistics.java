package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_statistics` (`linux/if_xdp.h`, since Linux 5.9 in this length): what a socket has
/// counted since it was opened.
@CHeader(value = "linux/if_xdp.h", type = "struct xdp_statistics")
public final class XdpStatistics {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("rx_dropped"),
          JAVA_LONG.withName("rx_invalid_descs"),
          JAVA_LONG.withName("tx_invalid_descs"),
          JAVA_LONG.withName("rx_ring_full"),
          JAVA_LONG.withName("rx_fill_ring_empty_descs"),
          JAVA_LONG.withName("tx_ring_empty_descs"));
  private static final long RX_DROPPED = Offsets.of(LAYOUT, "rx_dropped");
  private static final long RX_INVALID_DESCS = Offsets.of(LAYOUT, "rx_invalid_descs");
  private static final long TX_INVALID_DESCS = Offsets.of(LAYOUT, "tx_invalid_descs");
  private static final long RX_RING_FULL = Offsets.of(LAYOUT, "rx_ring_full");
  private static final long RX_FILL_RING_EMPTY_DESCS =
      Offsets.of(LAYOUT, "rx_fill_ring_empty_descs");

  private XdpStatistics() {}

  /// Frames without a chunk to be copied to, or too long for one.
  public static long dropped(MemorySegment statistics) {
    return statistics.get(JAVA_LONG, RX_DROPPED);
  }

  /// Entries of the fill ring that name no chunk.
  public static long invalidFill(MemorySegment statistics) {
    return statistics.get(JAVA_LONG, RX_INVALID_DESCS);
  }

  /// Entries of the transmit ring that name no bytes of the UMEM.
  public static long invalidTransmit(MemorySegment statistics) {
    return statistics.get(JAVA_LONG, TX_INVALID_DESCS);
  }

  /// Frames for which the receive ring had no room.
  public static long ringFull(MemorySegment statistics) {
    return statistics.get(JAVA_LONG, RX_RING_FULL);
  }

  /// How often the kernel found the fill ring empty.
  public static long fillEmpty(MemorySegment statistics) {
    return statistics.get(JAVA_LONG, RX_FILL_RING_EMPTY_DESCS);
  }
}
