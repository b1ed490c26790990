package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct nlmsghdr` (`linux/netlink.h`, `netlink(7)`): the head of every netlink message.
@CHeader(
    value = {"sys/socket.h", "linux/netlink.h"},
    type = "struct nlmsghdr")
public final class Nlmsghdr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("nlmsg_len"),
          JAVA_SHORT.withName("nlmsg_type"),
          JAVA_SHORT.withName("nlmsg_flags"),
          JAVA_INT.withName("nlmsg_seq"),
          JAVA_INT.withName("nlmsg_pid"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long NLMSG_LEN = Offsets.of(LAYOUT, "nlmsg_len");
  private static final long NLMSG_TYPE = Offsets.of(LAYOUT, "nlmsg_type");
  private static final long NLMSG_FLAGS = Offsets.of(LAYOUT, "nlmsg_flags");
  private static final long NLMSG_SEQ = Offsets.of(LAYOUT, "nlmsg_seq");

  private Nlmsghdr() {}

  /// Writes type and flags; the sender adds length and sequence number.
  public static void write(MemorySegment memory, long offset, int type, int flags) {
    memory.set(JAVA_SHORT, offset + NLMSG_TYPE, (short) type);
    memory.set(JAVA_SHORT, offset + NLMSG_FLAGS, (short) flags);
  }

  /// Bytes of the message, with this header.
  public static int length(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + NLMSG_LEN);
  }

  public static void length(MemorySegment memory, long offset, int bytes) {
    memory.set(JAVA_INT, offset + NLMSG_LEN, bytes);
  }

  public static int type(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + NLMSG_TYPE));
  }

  public static int flags(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + NLMSG_FLAGS));
  }

  public static void flags(MemorySegment memory, long offset, int flags) {
    memory.set(JAVA_SHORT, offset + NLMSG_FLAGS, (short) flags);
  }

  public static int sequence(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + NLMSG_SEQ);
  }

  public static void sequence(MemorySegment memory, long offset, int sequence) {
    memory.set(JAVA_INT, offset + NLMSG_SEQ, sequence);
  }
}
