package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_sset_info` (`linux/ethtool.h`): how many strings are in a set.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_sset_info")
public final class EthtoolSsetInfo {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"), JAVA_INT.withName("reserved"), JAVA_LONG.withName("sset_mask"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long SSET_MASK = Offsets.of(LAYOUT, "sset_mask");

  private EthtoolSsetInfo() {}

  /// Asks for the count of one set of `ETH_SS_` strings.
  public static MemorySegment allocate(Arena arena, int set) {
    MemorySegment request = arena.allocate(BYTES + Integer.BYTES, Long.BYTES);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GSSET_INFO);
    request.set(JAVA_LONG, SSET_MASK, 1L << set);
    return request;
  }

  public static int count(MemorySegment memory) {
    return memory.get(JAVA_INT, BYTES);
  }

  /// Not 0 if the driver has the set; then a count follows.
  public static long ssetMask(MemorySegment memory) {
    return memory.get(JAVA_LONG, SSET_MASK);
  }
}
