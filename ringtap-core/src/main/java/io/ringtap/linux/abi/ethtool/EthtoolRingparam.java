package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_ringparam` (`linux/ethtool.h`): the sizes of a device's rings in packets.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_ringparam")
public final class EthtoolRingparam {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          JAVA_INT.withName("rx_max_pending"),
          JAVA_INT.withName("rx_mini_max_pending"),
          JAVA_INT.withName("rx_jumbo_max_pending"),
          JAVA_INT.withName("tx_max_pending"),
          JAVA_INT.withName("rx_pending"),
          JAVA_INT.withName("rx_mini_pending"),
          JAVA_INT.withName("rx_jumbo_pending"),
          JAVA_INT.withName("tx_pending"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long RX_MAX_PENDING = Offsets.of(LAYOUT, "rx_max_pending");
  private static final long TX_MAX_PENDING = Offsets.of(LAYOUT, "tx_max_pending");
  private static final long RX_PENDING = Offsets.of(LAYOUT, "rx_pending");
  private static final long TX_PENDING = Offsets.of(LAYOUT, "tx_pending");

  private EthtoolRingparam() {}

  /// Asks for the rings.
  public static MemorySegment allocate(Arena arena) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GRINGPARAM);
    return request;
  }

  public static int rxMaxPending(MemorySegment memory) {
    return memory.get(JAVA_INT, RX_MAX_PENDING);
  }

  public static int txMaxPending(MemorySegment memory) {
    return memory.get(JAVA_INT, TX_MAX_PENDING);
  }

  public static int rxPending(MemorySegment memory) {
    return memory.get(JAVA_INT, RX_PENDING);
  }

  public static int txPending(MemorySegment memory) {
    return memory.get(JAVA_INT, TX_PENDING);
  }
}
