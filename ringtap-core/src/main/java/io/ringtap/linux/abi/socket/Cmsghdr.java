package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct cmsghdr` (`sys/socket.h`) and the arithmetic of `cmsg(3)`: header, data, and padding to
/// eight bytes.
@CHeader(value = "sys/socket.h", type = "struct cmsghdr")
public final class Cmsghdr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("cmsg_len"),
          JAVA_INT.withName("cmsg_level"),
          JAVA_INT.withName("cmsg_type"));
  private static final long BYTES = LAYOUT.byteSize();
  private static final long CMSG_LEN = Offsets.of(LAYOUT, "cmsg_len");
  private static final long CMSG_LEVEL = Offsets.of(LAYOUT, "cmsg_level");
  private static final long CMSG_TYPE = Offsets.of(LAYOUT, "cmsg_type");

  private Cmsghdr() {}

  /// `CMSG_SPACE`: the space that a message with `data` bytes takes.
  public static long space(long data) {
    return BYTES + align(data);
  }

  /// Writes a header for `data` bytes, which the caller stores at `data(offset)`.
  ///
  /// @return the offset for the next message
  public static long write(MemorySegment memory, long offset, int level, int type, long data) {
    memory.set(JAVA_LONG, offset + CMSG_LEN, BYTES + data);
    memory.set(JAVA_INT, offset + CMSG_LEVEL, level);
    memory.set(JAVA_INT, offset + CMSG_TYPE, type);
    return offset + space(data);
  }

  /// Writes a message that carries one `int`.
  ///
  /// @return the offset for the next message
  public static long writeInt(MemorySegment memory, long offset, int level, int type, int value) {
    memory.set(JAVA_INT, data(offset), value);
    return write(memory, offset, level, type, Integer.BYTES);
  }

  /// Whether a whole message header lies before `end`, the length of the control buffer in use.
  public static boolean isPresent(MemorySegment memory, long offset, long end) {
    return end - offset >= BYTES
        && memory.get(JAVA_LONG, offset + CMSG_LEN) >= BYTES
        && memory.get(JAVA_LONG, offset + CMSG_LEN) <= end - offset;
  }

  public static int level(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + CMSG_LEVEL);
  }

  public static int type(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + CMSG_TYPE);
  }

  /// The offset of the data of the message at `offset`.
  public static long data(long offset) {
    return offset + BYTES;
  }

  /// Bytes of data in the message at `offset`.
  public static long dataLength(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset + CMSG_LEN) - BYTES;
  }

  /// The offset of the message after the one at `offset`.
  public static long next(MemorySegment memory, long offset) {
    return offset + align(memory.get(JAVA_LONG, offset + CMSG_LEN));
  }

  private static long align(long bytes) {
    return (bytes + 7) & ~7L;
  }
}
