package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct hwtstamp_config` (`linux/net_tstamp.h`): which packets a network card stamps, for
/// `SIOCSHWTSTAMP`.
@CHeader(
    value = {"linux/net_tstamp.h", "linux/sockios.h"},
    type = "struct hwtstamp_config")
public final class HwtstampConfig {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("flags"), JAVA_INT.withName("tx_type"), JAVA_INT.withName("rx_filter"));
  public static final int SIOCSHWTSTAMP = 0x89B0;
  public static final int HWTSTAMP_TX_OFF = 0;
  public static final int HWTSTAMP_FILTER_ALL = 1;

  private static final long TX_TYPE = Offsets.of(LAYOUT, "tx_type");
  private static final long RX_FILTER = Offsets.of(LAYOUT, "rx_filter");

  private HwtstampConfig() {}

  /// A request to stamp all received packets.
  public static MemorySegment allocateReceiveAll(Arena arena) {
    MemorySegment config = arena.allocate(LAYOUT);
    config.set(JAVA_INT, TX_TYPE, HWTSTAMP_TX_OFF);
    config.set(JAVA_INT, RX_FILTER, HWTSTAMP_FILTER_ALL);
    return config;
  }
}
