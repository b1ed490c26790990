package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_gfeatures` (`linux/ethtool.h`): which offloads are available and in use, a bit
/// for each name of the set `ETH_SS_FEATURES`, in blocks of 32.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_gfeatures")
public final class EthtoolGfeatures {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_INT.withName("cmd"), JAVA_INT.withName("size"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long SIZE = Offsets.of(LAYOUT, "size");

  private EthtoolGfeatures() {}

  /// Asks for the state of `features` features.
  public static MemorySegment allocate(Arena arena, int features) {
    MemorySegment request =
        arena.allocate(
            BYTES + (features + 31) / 32 * (long) EthtoolGetFeaturesBlock.BYTES, Long.BYTES);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GFEATURES);
    request.set(JAVA_INT, SIZE, (features + 31) / 32);
    return request;
  }

  public static boolean isActive(MemorySegment memory, int feature) {
    return bit(memory, feature, EthtoolGetFeaturesBlock.ACTIVE);
  }

  /// Whether the feature can be switched on or off.
  public static boolean isAvailable(MemorySegment memory, int feature) {
    return bit(memory, feature, EthtoolGetFeaturesBlock.AVAILABLE);
  }

  private static boolean bit(MemorySegment memory, int feature, long word) {
    long block = BYTES + (long) (feature / 32) * EthtoolGetFeaturesBlock.BYTES;
    return (memory.get(JAVA_INT, block + word) >>> (feature % 32) & 1) != 0;
  }
}
