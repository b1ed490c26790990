package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteOrder;

/// `struct in6_pktinfo` (`netinet/in.h`): the interface and source address of an IPv6 packet to
/// send, or the interface and destination of one that was received.
@CHeader(value = "netinet/in.h", type = "struct in6_pktinfo")
public final class In6Pktinfo {
  public static final StructLayout LAYOUT =
      structLayout(
          sequenceLayout(16, JAVA_BYTE).withName("ipi6_addr"), JAVA_INT.withName("ipi6_ifindex"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long IPI6_ADDR = Offsets.of(LAYOUT, "ipi6_addr");
  private static final long IPI6_IFINDEX = Offsets.of(LAYOUT, "ipi6_ifindex");
  private static final OfLong HALF = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private In6Pktinfo() {}

  /// The address's first eight bytes as a big-endian number.
  public static long high(MemorySegment memory, long offset) {
    return memory.get(HALF, offset + IPI6_ADDR);
  }

  /// The address's last eight bytes as a big-endian number.
  public static long low(MemorySegment memory, long offset) {
    return memory.get(HALF, offset + IPI6_ADDR + Long.BYTES);
  }

  /// Writes both; 0 leaves the choice of either to routing.
  public static void write(
      MemorySegment memory, long offset, long sourceHigh, long sourceLow, int ifindex) {
    memory.set(HALF, offset + IPI6_ADDR, sourceHigh);
    memory.set(HALF, offset + IPI6_ADDR + Long.BYTES, sourceLow);
    memory.set(JAVA_INT, offset + IPI6_IFINDEX, ifindex);
  }
}
