package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct msghdr` (`sys/socket.h`).
@CHeader(value = "sys/socket.h", type = "struct msghdr")
public final class Msghdr {
  public static final StructLayout LAYOUT =
      structLayout(
          ADDRESS.withName("msg_name"),
          JAVA_INT.withName("msg_namelen"),
          paddingLayout(4),
          ADDRESS.withName("msg_iov"),
          JAVA_LONG.withName("msg_iovlen"),
          ADDRESS.withName("msg_control"),
          JAVA_LONG.withName("msg_controllen"),
          JAVA_INT.withName("msg_flags"),
          paddingLayout(4));
  private static final long MSG_NAME = Offsets.of(LAYOUT, "msg_name");
  private static final long MSG_NAMELEN = Offsets.of(LAYOUT, "msg_namelen");
  private static final long MSG_IOV = Offsets.of(LAYOUT, "msg_iov");
  private static final long MSG_IOVLEN = Offsets.of(LAYOUT, "msg_iovlen");
  private static final long MSG_CONTROL = Offsets.of(LAYOUT, "msg_control");
  private static final long MSG_CONTROLLEN = Offsets.of(LAYOUT, "msg_controllen");
  private static final long MSG_FLAGS = Offsets.of(LAYOUT, "msg_flags");

  private Msghdr() {}

  /// The peer's address: the destination of a message, or room for its source.
  public static void name(MemorySegment memory, long offset, MemorySegment address, int bytes) {
    memory.set(ADDRESS, offset + MSG_NAME, address);
    nameLength(memory, offset, bytes);
  }

  /// Changes only the length of the address; the kernel overwrites it on receiving.
  public static void nameLength(MemorySegment memory, long offset, int bytes) {
    memory.set(JAVA_INT, offset + MSG_NAMELEN, bytes);
  }

  /// The buffers, an array of `count` [Iovec]s.
  public static void iov(MemorySegment memory, long offset, MemorySegment iovecs, int count) {
    memory.set(ADDRESS, offset + MSG_IOV, iovecs);
    memory.set(JAVA_LONG, offset + MSG_IOVLEN, (long) count);
  }

  /// Control messages to send, or room for those received.
  public static void control(MemorySegment memory, long offset, MemorySegment control, long bytes) {
    memory.set(ADDRESS, offset + MSG_CONTROL, control);
    memory.set(JAVA_LONG, offset + MSG_CONTROLLEN, bytes);
  }

  /// Changes only the room for control messages; the kernel overwrites it on receiving.
  public static void controlLength(MemorySegment memory, long offset, long bytes) {
    memory.set(JAVA_LONG, offset + MSG_CONTROLLEN, bytes);
  }

  /// Bytes of control messages that the kernel wrote.
  public static long controlLength(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset + MSG_CONTROLLEN);
  }

  /// Flags such as `MSG_TRUNC`, set by the kernel on receiving.
  public static int flags(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + MSG_FLAGS);
  }
}
