package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// `struct sockaddr_in6` (`netinet/in.h`, `ipv6(7)`).
@CHeader(value = "netinet/in.h", type = "struct sockaddr_in6")
public final class SockaddrIn6 {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("sin6_family"),
          JAVA_SHORT.withName("sin6_port"),
          JAVA_INT.withName("sin6_flowinfo"),
          sequenceLayout(16, JAVA_BYTE).withName("sin6_addr"),
          JAVA_INT.withName("sin6_scope_id"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long SIN6_FAMILY = Offsets.of(LAYOUT, "sin6_family");
  private static final long SIN6_PORT = Offsets.of(LAYOUT, "sin6_port");
  private static final long SIN6_FLOWINFO = Offsets.of(LAYOUT, "sin6_flowinfo");
  private static final long SIN6_ADDR = Offsets.of(LAYOUT, "sin6_addr");
  private static final long SIN6_SCOPE_ID = Offsets.of(LAYOUT, "sin6_scope_id");
  private static final OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfLong HALF = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SockaddrIn6() {}

  /// Writes family, port, the address as two big-endian halves, and the scope (an interface index
  /// for link-local addresses, else 0).
  public static void write(
      MemorySegment memory, long offset, int port, long high, long low, int scopeId) {
    memory.set(JAVA_SHORT, offset + SIN6_FAMILY, (short) SysSocket.AF_INET6);
    memory.set(PORT, offset + SIN6_PORT, (short) port);
    memory.set(JAVA_INT, offset + SIN6_FLOWINFO, 0);
    memory.set(HALF, offset + SIN6_ADDR, high);
    memory.set(HALF, offset + SIN6_ADDR + Long.BYTES, low);
    memory.set(JAVA_INT, offset + SIN6_SCOPE_ID, scopeId);
  }

  /// The port; for an ICMPv6 datagram socket, the identifier.
  public static int port(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(PORT, offset + SIN6_PORT));
  }

  /// The first eight bytes as a big-endian number.
  public static long high(MemorySegment memory, long offset) {
    return memory.get(HALF, offset + SIN6_ADDR);
  }

  /// The last eight bytes as a big-endian number.
  public static long low(MemorySegment memory, long offset) {
    return memory.get(HALF, offset + SIN6_ADDR + Long.BYTES);
  }
}
