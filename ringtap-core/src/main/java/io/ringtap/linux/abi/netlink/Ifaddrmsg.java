package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
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
  private static final long IFA_FAMILY = Offsets.of(LAYOUT, "ifa_family");
  private static final long IFA_PREFIXLEN = Offsets.of(LAYOUT, "ifa_prefixlen");
  private static final long IFA_FLAGS = Offsets.of(LAYOUT, "ifa_flags");
  private static final long IFA_INDEX = Offsets.of(LAYOUT, "ifa_index");

  private Ifaddrmsg() {}

  /// Writes an address of universal scope.
  public static void write(
      MemorySegment memory, long offset, int family, int prefixLength, int flags, int ifindex) {
    memory.set(JAVA_BYTE, offset + IFA_FAMILY, (byte) family);
    memory.set(JAVA_BYTE, offset + IFA_PREFIXLEN, (byte) prefixLength);
    memory.set(JAVA_BYTE, offset + IFA_FLAGS, (byte) flags);
    memory.set(JAVA_INT, offset + IFA_INDEX, ifindex);
  }

  public static int family(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + IFA_FAMILY));
  }

  public static int prefixLength(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + IFA_PREFIXLEN));
  }

  public static int index(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + IFA_INDEX);
  }
}
