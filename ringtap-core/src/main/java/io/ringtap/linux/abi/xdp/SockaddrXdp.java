package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sockaddr_xdp` (`linux/if_xdp.h`): one queue of an interface.
@CHeader(value = "linux/if_xdp.h", type = "struct sockaddr_xdp")
public final class SockaddrXdp {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("sxdp_family"),
          JAVA_SHORT.withName("sxdp_flags"),
          JAVA_INT.withName("sxdp_ifindex"),
          JAVA_INT.withName("sxdp_queue_id"),
          JAVA_INT.withName("sxdp_shared_umem_fd"));
  private static final long SXDP_FAMILY = Offsets.of(LAYOUT, "sxdp_family");
  private static final long SXDP_FLAGS = Offsets.of(LAYOUT, "sxdp_flags");
  private static final long SXDP_IFINDEX = Offsets.of(LAYOUT, "sxdp_ifindex");
  private static final long SXDP_QUEUE_ID = Offsets.of(LAYOUT, "sxdp_queue_id");

  private SockaddrXdp() {}

  /// An address for `bind(2)`.
  public static MemorySegment allocate(Arena arena, int ifindex, int queue, int flags) {
    MemorySegment address = arena.allocate(LAYOUT);
    address.set(JAVA_SHORT, SXDP_FAMILY, (short) SysSocket.AF_XDP);
    address.set(JAVA_SHORT, SXDP_FLAGS, (short) flags);
    address.set(JAVA_INT, SXDP_IFINDEX, ifindex);
    address.set(JAVA_INT, SXDP_QUEUE_ID, queue);
    return address;
  }
}
