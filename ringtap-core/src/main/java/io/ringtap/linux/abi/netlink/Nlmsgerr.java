package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct nlmsgerr` (`linux/netlink.h`): follows the header of an `NLMSG_ERROR` message, which the
/// kernel also sends as an acknowledgement.
@CHeader(
    value = {"sys/socket.h", "linux/netlink.h"},
    type = "struct nlmsgerr")
public final class Nlmsgerr {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_INT.withName("error"), Nlmsghdr.LAYOUT.withName("msg"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long ERROR = Offsets.of(LAYOUT, "error");

  private Nlmsgerr() {}

  /// 0 for an acknowledgement, else `-errno`.
  public static int error(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + ERROR);
  }
}
