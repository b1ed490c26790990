package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_umem_reg` (`linux/if_xdp.h`): the memory of a socket's frames. What is padding here
/// became the length of metadata for sending in Linux 6.11.
@CHeader(value = "linux/if_xdp.h", type = "struct xdp_umem_reg")
public final class XdpUmemReg {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("addr"),
          JAVA_LONG.withName("len"),
          JAVA_INT.withName("chunk_size"),
          JAVA_INT.withName("headroom"),
          JAVA_INT.withName("flags"),
          paddingLayout(4));
  private static final long ADDR = Offsets.of(LAYOUT, "addr");
  private static final long LEN = Offsets.of(LAYOUT, "len");
  private static final long CHUNK_SIZE = Offsets.of(LAYOUT, "chunk_size");

  private XdpUmemReg() {}

  /// A request for `XDP_UMEM_REG`.
  ///
  /// @param umem pages in one piece, which must outlive the socket
  /// @param chunkBytes 2048 or 4096
  public static MemorySegment allocate(Arena arena, MemorySegment umem, int chunkBytes) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_LONG, ADDR, Pointer.of(umem));
    request.set(JAVA_LONG, LEN, umem.byteSize());
    request.set(JAVA_INT, CHUNK_SIZE, chunkBytes);
    return request;
  }
}
