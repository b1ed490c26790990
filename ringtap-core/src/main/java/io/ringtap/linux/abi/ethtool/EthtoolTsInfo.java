package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_ts_info` (`linux/ethtool.h`): which time stamps a device supports.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_ts_info")
public final class EthtoolTsInfo {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          JAVA_INT.withName("so_timestamping"),
          JAVA_INT.withName("phc_index"),
          JAVA_INT.withName("tx_types"),
          sequenceLayout(3, JAVA_INT).withName("tx_reserved"),
          JAVA_INT.withName("rx_filters"),
          sequenceLayout(3, JAVA_INT).withName("rx_reserved"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long SO_TIMESTAMPING = Offsets.of(LAYOUT, "so_timestamping");
  private static final long PHC_INDEX = Offsets.of(LAYOUT, "phc_index");
  private static final long RX_FILTERS = Offsets.of(LAYOUT, "rx_filters");

  private EthtoolTsInfo() {}

  /// Asks for the supported time stamps.
  public static MemorySegment allocate(Arena arena) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GET_TS_INFO);
    return request;
  }

  /// Bits of [io.ringtap.linux.abi.socket.NetTstamp].
  public static int soTimestamping(MemorySegment memory) {
    return memory.get(JAVA_INT, SO_TIMESTAMPING);
  }

  /// The number of the device's clock, `/dev/ptpN`; -1 if it has none.
  public static int phcIndex(MemorySegment memory) {
    return memory.get(JAVA_INT, PHC_INDEX);
  }

  /// Bit `n` is set if the receive filter `n` of `hwtstamp_rx_filters` is supported.
  public static int rxFilters(MemorySegment memory) {
    return memory.get(JAVA_INT, RX_FILTERS);
  }
}
