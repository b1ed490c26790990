package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.nio.ByteOrder;

/// `struct in_pktinfo` (`netinet/in.h`): the interface and source address of an IPv4 packet to
/// send.
@CHeader(value = "netinet/in.h", type = "struct in_pktinfo")
public final class InPktinfo {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("ipi_ifindex"),
          JAVA_INT.withName("ipi_spec_dst"),
          JAVA_INT.withName("ipi_addr"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long IPI_IFINDEX = Offsets.of(LAYOUT, "ipi_ifindex");
  private static final long IPI_SPEC_DST = Offsets.of(LAYOUT, "ipi_spec_dst");
  private static final long IPI_ADDR = Offsets.of(LAYOUT, "ipi_addr");
  private static final OfInt ADDRESS = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private InPktinfo() {}

  /// Writes both; 0 leaves the choice of either to routing.
  public static void write(MemorySegment memory, long offset, int ifindex, int source) {
    memory.set(JAVA_INT, offset + IPI_IFINDEX, ifindex);
    memory.set(ADDRESS, offset + IPI_SPEC_DST, source);
    memory.set(JAVA_INT, offset + IPI_ADDR, 0);
  }
}
