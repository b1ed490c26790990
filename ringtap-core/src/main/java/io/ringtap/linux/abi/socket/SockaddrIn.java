package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// `struct sockaddr_in` (`netinet/in.h`, `ip(7)`).
@CHeader(value = "netinet/in.h", type = "struct sockaddr_in")
public final class SockaddrIn {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("sin_family"),
          JAVA_SHORT.withName("sin_port"),
          JAVA_INT.withName("sin_addr"),
          sequenceLayout(8, JAVA_BYTE).withName("sin_zero"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long SIN_FAMILY = Offsets.of(LAYOUT, "sin_family");
  private static final long SIN_PORT = Offsets.of(LAYOUT, "sin_port");
  private static final long SIN_ADDR = Offsets.of(LAYOUT, "sin_addr");
  private static final OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt ADDRESS = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private SockaddrIn() {}

  /// Writes family, port and `address`, the four bytes as a big-endian number.
  public static void write(MemorySegment memory, long offset, int port, int address) {
    memory.set(JAVA_SHORT, offset + SIN_FAMILY, (short) SysSocket.AF_INET);
    memory.set(PORT, offset + SIN_PORT, (short) port);
    memory.set(ADDRESS, offset + SIN_ADDR, address);
  }

  /// The port; for an ICMP datagram socket, the identifier.
  public static int port(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(PORT, offset + SIN_PORT));
  }

  /// The four bytes as a big-endian number.
  public static int address(MemorySegment memory, long offset) {
    return memory.get(ADDRESS, offset + SIN_ADDR);
  }
}
