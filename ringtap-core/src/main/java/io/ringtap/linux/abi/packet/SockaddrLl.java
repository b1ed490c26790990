package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// `struct sockaddr_ll` (`linux/if_packet.h`, `packet(7)`).
@CHeader(value = "linux/if_packet.h", type = "struct sockaddr_ll")
public final class SockaddrLl {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("sll_family"),
          JAVA_SHORT.withName("sll_protocol"),
          JAVA_INT.withName("sll_ifindex"),
          JAVA_SHORT.withName("sll_hatype"),
          JAVA_BYTE.withName("sll_pkttype"),
          JAVA_BYTE.withName("sll_halen"),
          sequenceLayout(8, JAVA_BYTE).withName("sll_addr"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long SLL_FAMILY = Offsets.of(LAYOUT, "sll_family");
  private static final long SLL_PROTOCOL = Offsets.of(LAYOUT, "sll_protocol");
  private static final long SLL_IFINDEX = Offsets.of(LAYOUT, "sll_ifindex");
  private static final long SLL_HATYPE = Offsets.of(LAYOUT, "sll_hatype");
  private static final long SLL_PKTTYPE = Offsets.of(LAYOUT, "sll_pkttype");
  private static final long SLL_HALEN = Offsets.of(LAYOUT, "sll_halen");
  private static final long SLL_ADDR = Offsets.of(LAYOUT, "sll_addr");
  private static final OfShort PROTOCOL = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private static final OfLong ADDRESS = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SockaddrLl() {}

  /// Writes an address for `bind(2)`. An `ifindex` of 0 means every interface.
  public static void write(MemorySegment memory, long offset, int protocol, int ifindex) {
    memory.set(JAVA_SHORT, offset + SLL_FAMILY, (short) SysSocket.AF_PACKET);
    memory.set(PROTOCOL, offset + SLL_PROTOCOL, (short) protocol);
    memory.set(JAVA_INT, offset + SLL_IFINDEX, ifindex);
  }

  /// The EtherType.
  public static int protocol(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(PROTOCOL, offset + SLL_PROTOCOL));
  }

  public static int ifindex(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + SLL_IFINDEX);
  }

  /// `PACKET_HOST`, `PACKET_OUTGOING` and so on.
  public static int pkttype(MemorySegment memory, long offset) {
    return memory.get(JAVA_BYTE, offset + SLL_PKTTYPE);
  }

  /// The kind of interface: `ARPHRD_ETHER` and so on.
  public static int hatype(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + SLL_HATYPE));
  }

  /// The length of [#address] in bytes.
  public static int halen(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + SLL_HALEN));
  }

  /// The link-level address of the sender, first byte highest.
  public static long address(MemorySegment memory, long offset) {
    return memory.get(ADDRESS, offset + SLL_ADDR);
  }

  /// Writes the address of a received packet.
  public static void write(
      MemorySegment memory, long offset, int protocol, int ifindex, int hatype, int pkttype) {
    write(memory, offset, protocol, ifindex);
    memory.set(JAVA_SHORT, offset + SLL_HATYPE, (short) hatype);
    memory.set(JAVA_BYTE, offset + SLL_PKTTYPE, (byte) pkttype);
  }
}
