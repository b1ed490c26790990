package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sockaddr_nl` (`linux/netlink.h`, `netlink(7)`).
@CHeader(
    value = {"sys/socket.h", "linux/netlink.h"},
    type = "struct sockaddr_nl")
public final class SockaddrNl {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("nl_family"),
          JAVA_SHORT.withName("nl_pad"),
          JAVA_INT.withName("nl_pid"),
          JAVA_INT.withName("nl_groups"));
  private static final long NL_FAMILY = Offsets.of(LAYOUT, "nl_family");
  private static final long NL_GROUPS = Offsets.of(LAYOUT, "nl_groups");

  private SockaddrNl() {}

  /// An address that the kernel completes, subscribed to the multicast `groups`.
  public static MemorySegment allocate(Arena arena, int groups) {
    MemorySegment address = arena.allocate(LAYOUT);
    address.set(JAVA_SHORT, NL_FAMILY, (short) SysSocket.AF_NETLINK);
    address.set(JAVA_INT, NL_GROUPS, groups);
    return address;
  }
}
