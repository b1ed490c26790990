package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ifaddrmsg` (`linux/if_addr.h`, `rtnetlink(7)`): the head of messages about addresses.
@CHeader(value = "linux/if_addr.h", type = "struct ifaddrmsg")
public final class Ifaddrmsg {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_BYTE.withName("ifa_family"),
          JAVA_BYTE.withName("ifa_prefixlen"),
          JAVA_BYTE.withName("ifa_flags"),
          JAVA_BYTE.withName("ifa_scope"),
          JAVA_INT.withName("ifa_index"));
  public static final int BYTES = (int) LAYOUT.byteSize();

  private Ifaddrmsg() {}

  /// Writes an address of universal scope.
  public static void write(
      MemorySegment memory, long offset, int family, int prefixLength, int flags, int ifindex) {
    memory.set(JAVA_BYTE, offset, (byte) family);
    memory.set(JAVA_BYTE, offset + 1, (byte) prefixLength);
    memory.set(JAVA_BYTE, offset + 2, (byte) flags);
    memory.set(JAVA_INT, offset + 4, ifindex);
  }

  public static int family(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset));
  }

  public static int prefixLength(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + 1));
  }

  public static int index(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + 4);
  }
}
