package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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

  private Msghdr() {}

  /// The peer's address: where a message goes, or room for where it came from.
  public static void name(MemorySegment memory, long offset, MemorySegment address, int bytes) {
    memory.set(ADDRESS, offset, address);
    nameLength(memory, offset, bytes);
  }

  /// Changes the length of the address alone; the kernel overwrites it on receiving.
  public static void nameLength(MemorySegment memory, long offset, int bytes) {
    memory.set(JAVA_INT, offset + 8, bytes);
  }

  /// The buffers, an array of `count` [Iovec]s.
  public static void iov(MemorySegment memory, long offset, MemorySegment iovecs, int count) {
    memory.set(ADDRESS, offset + 16, iovecs);
    memory.set(JAVA_LONG, offset + 24, (long) count);
  }

  /// Control messages: what is sent, or room for what is received.
  public static void control(MemorySegment memory, long offset, MemorySegment control, long bytes) {
    memory.set(ADDRESS, offset + 32, control);
    memory.set(JAVA_LONG, offset + 40, bytes);
  }

  /// Changes the room for control messages alone; the kernel overwrites it on receiving.
  public static void controlLength(MemorySegment memory, long offset, long bytes) {
    memory.set(JAVA_LONG, offset + 40, bytes);
  }

  /// Bytes of control messages that the kernel left.
  public static long controlLength(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset + 40);
  }

  /// `MSG_TRUNC` and its like, set by the kernel on receiving.
  public static int flags(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + 48);
  }
}
