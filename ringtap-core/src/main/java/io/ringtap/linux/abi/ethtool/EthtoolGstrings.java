package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.CText;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_gstrings` (`linux/ethtool.h`): the names of a set, 32 bytes each.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_gstrings")
public final class EthtoolGstrings {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"), JAVA_INT.withName("string_set"), JAVA_INT.withName("len"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long STRING_SET = Offsets.of(LAYOUT, "string_set");
  private static final long LEN = Offsets.of(LAYOUT, "len");

  private EthtoolGstrings() {}

  /// Asks for a set of `ETH_SS_` strings.
  ///
  /// @param count how many there are, which newer kernels check
  /// @param spare room for more strings, because an older kernel writes as many as there are by
  ///   then
  public static MemorySegment allocate(Arena arena, int set, int count, int spare) {
    MemorySegment request =
        arena.allocate(BYTES + (count + (long) spare) * Ethtool.ETH_GSTRING_LEN, Long.BYTES);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GSTRINGS);
    request.set(JAVA_INT, STRING_SET, set);
    request.set(JAVA_INT, LEN, count);
    return request;
  }

  public static String string(MemorySegment memory, int index) {
    return CText.read(
        memory, BYTES + (long) index * Ethtool.ETH_GSTRING_LEN, Ethtool.ETH_GSTRING_LEN);
  }

  /// How many there are.
  public static int len(MemorySegment memory) {
    return memory.get(JAVA_INT, LEN);
  }
}
