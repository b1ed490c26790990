package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct mmsghdr` (`sys/socket.h`), an element of the vector of `sendmmsg(2)` and `recvmmsg(2)`.
/// Its [Msghdr] stands at offset 0.
@CHeader(value = "sys/socket.h", type = "struct mmsghdr")
public final class Mmsghdr {
  public static final StructLayout LAYOUT =
      structLayout(
          Msghdr.LAYOUT.withName("msg_hdr"), JAVA_INT.withName("msg_len"), paddingLayout(4));
  public static final long BYTES = LAYOUT.byteSize();
  private static final long MSG_LEN = Offsets.of(LAYOUT, "msg_len");

  private Mmsghdr() {}

  /// Bytes that the kernel sent or received.
  public static int length(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + MSG_LEN);
  }
}
