package io.ringtap.linux.abi.ethtool;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ethtool_rxfh` (`linux/ethtool.h`): how a device distributes flows over its receive
/// queues (RSS). The indirection table and the hash key follow.
@CHeader(value = "linux/ethtool.h", type = "struct ethtool_rxfh")
public final class EthtoolRxfh {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("cmd"),
          JAVA_INT.withName("rss_context"),
          JAVA_INT.withName("indir_size"),
          JAVA_INT.withName("key_size"),
          JAVA_BYTE.withName("hfunc"),
          sequenceLayout(3, JAVA_BYTE).withName("rsvd8"),
          JAVA_INT.withName("rsvd32"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long CMD = Offsets.of(LAYOUT, "cmd");
  private static final long INDIR_SIZE = Offsets.of(LAYOUT, "indir_size");
  private static final long KEY_SIZE = Offsets.of(LAYOUT, "key_size");
  private static final long HFUNC = Offsets.of(LAYOUT, "hfunc");

  private EthtoolRxfh() {}

  /// Asks for table and key; if both sizes are 0, for their sizes.
  public static MemorySegment allocate(Arena arena, int entries, int keyBytes) {
    MemorySegment request =
        arena.allocate(BYTES + (long) entries * Integer.BYTES + keyBytes, Long.BYTES);
    request.set(JAVA_INT, CMD, Ethtool.ETHTOOL_GRSSH);
    request.set(JAVA_INT, INDIR_SIZE, entries);
    request.set(JAVA_INT, KEY_SIZE, keyBytes);
    return request;
  }

  /// The hash functions in use: bit `n` is the string `n` of the set `ETH_SS_RSS_HASH_FUNCS`.
  public static int hashFunctions(MemorySegment memory) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, HFUNC));
  }

  /// The queue that takes the flows of an entry.
  public static int queue(MemorySegment memory, int entry) {
    return memory.get(JAVA_INT, BYTES + (long) entry * Integer.BYTES);
  }

  /// Entries of the table.
  public static int indirSize(MemorySegment memory) {
    return memory.get(JAVA_INT, INDIR_SIZE);
  }

  /// Bytes of the key.
  public static int keySize(MemorySegment memory) {
    return memory.get(JAVA_INT, KEY_SIZE);
  }
}
