package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct rtattr` (`linux/rtnetlink.h`) and the arithmetic of `rtnetlink(3)`: length, type, data,
/// and padding to four bytes.
@CHeader(
    value = {"sys/socket.h", "linux/rtnetlink.h"},
    type = "struct rtattr")
public final class Rtattr {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_SHORT.withName("rta_len"), JAVA_SHORT.withName("rta_type"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long RTA_LEN = Offsets.of(LAYOUT, "rta_len");
  private static final long RTA_TYPE = Offsets.of(LAYOUT, "rta_type");

  private Rtattr() {}

  /// Writes a header before `data` bytes.
  public static void write(MemorySegment memory, long offset, int type, int data) {
    memory.set(JAVA_SHORT, offset + RTA_LEN, (short) (BYTES + data));
    memory.set(JAVA_SHORT, offset + RTA_TYPE, (short) type);
  }

  /// Sets the length of an attribute, header and data, once its data is known.
  public static void length(MemorySegment memory, long offset, int bytes) {
    memory.set(JAVA_SHORT, offset + RTA_LEN, (short) bytes);
  }

  /// The offset of the first attribute of `type` between `offset` and `end`, or -1.
  public static long find(MemorySegment memory, long offset, long end, int type) {
    for (long at = offset;
        end - at >= BYTES && length(memory, at) >= BYTES && length(memory, at) <= end - at;
        at += align(length(memory, at))) {
      if (Short.toUnsignedInt(memory.get(JAVA_SHORT, at + RTA_TYPE)) == type) {
        return at;
      }
    }
    return -1;
  }

  /// The offset after the attribute at `offset` and its padding.
  public static long next(MemorySegment memory, long offset) {
    return offset + align(length(memory, offset));
  }

  /// The offset of the data of the attribute at `offset`.
  public static long data(long offset) {
    return offset + BYTES;
  }

  /// Bytes of data in the attribute at `offset`.
  public static int dataLength(MemorySegment memory, long offset) {
    return length(memory, offset) - BYTES;
  }

  /// `RTA_ALIGN`: `bytes` plus padding.
  public static int align(int bytes) {
    return (bytes + 3) & ~3;
  }

  private static int length(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + RTA_LEN));
  }
}
