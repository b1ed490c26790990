package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_stats` (`linux/ethtool.h`): the counters of a driver, in the order of their
/// names.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_stats")
public final class EthtoolStats {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_INT.withName("cmd"), JAVA_INT.withName("n_stats"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long N_STATS = Offsets.of(LAYOUT, "n_stats");

  private EthtoolStats() {}

  /// Asks for the counters.
  ///
  /// @param count how many there are, which newer kernels check
  /// @param spare room for more counters, because an older kernel writes as many as there are by
  ///   then
  public static MemorySegment allocate(Arena arena, int count, int spare) {
    MemorySegment request = arena.allocate(BYTES + (count + (long) spare) * Long.BYTES, Long.BYTES);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GSTATS);
    request.set(JAVA_INT, N_STATS, count);
    return request;
  }

  public static long value(MemorySegment memory, int index) {
    return memory.get(JAVA_LONG, BYTES + (long) index * Long.BYTES);
  }

  /// How many there are.
  public static int nStats(MemorySegment memory) {
    return memory.get(JAVA_INT, N_STATS);
  }
}
