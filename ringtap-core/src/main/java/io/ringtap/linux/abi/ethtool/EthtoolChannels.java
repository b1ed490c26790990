package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_channels` (`linux/ethtool.h`): how many queues a device uses and could use. A
/// combined channel is a receive and a transmit queue with one interrupt.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_channels")
public final class EthtoolChannels {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          JAVA_INT.withName("max_rx"),
          JAVA_INT.withName("max_tx"),
          JAVA_INT.withName("max_other"),
          JAVA_INT.withName("max_combined"),
          JAVA_INT.withName("rx_count"),
          JAVA_INT.withName("tx_count"),
          JAVA_INT.withName("other_count"),
          JAVA_INT.withName("combined_count"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long MAX_RX = Offsets.of(LAYOUT, "max_rx");
  private static final long MAX_TX = Offsets.of(LAYOUT, "max_tx");
  private static final long MAX_COMBINED = Offsets.of(LAYOUT, "max_combined");
  private static final long RX_COUNT = Offsets.of(LAYOUT, "rx_count");
  private static final long TX_COUNT = Offsets.of(LAYOUT, "tx_count");
  private static final long COMBINED_COUNT = Offsets.of(LAYOUT, "combined_count");

  private EthtoolChannels() {}

  /// Asks for the channels.
  public static MemorySegment allocate(Arena arena) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GCHANNELS);
    return request;
  }

  public static int maxRx(MemorySegment memory) {
    return memory.get(JAVA_INT, MAX_RX);
  }

  public static int maxTx(MemorySegment memory) {
    return memory.get(JAVA_INT, MAX_TX);
  }

  public static int maxCombined(MemorySegment memory) {
    return memory.get(JAVA_INT, MAX_COMBINED);
  }

  public static int rxCount(MemorySegment memory) {
    return memory.get(JAVA_INT, RX_COUNT);
  }

  public static int txCount(MemorySegment memory) {
    return memory.get(JAVA_INT, TX_COUNT);
  }

  public static int combinedCount(MemorySegment memory) {
    return memory.get(JAVA_INT, COMBINED_COUNT);
  }
}
