package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct ifinfomsg` (`linux/rtnetlink.h`, `rtnetlink(7)`): the head of messages about links.
@CHeader(
    value = {"sys/socket.h", "linux/rtnetlink.h"},
    type = "struct ifinfomsg")
public final class Ifinfomsg {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_BYTE.withName("ifi_family"),
          paddingLayout(1),
          JAVA_SHORT.withName("ifi_type"),
          JAVA_INT.withName("ifi_index"),
          JAVA_INT.withName("ifi_flags"),
          JAVA_INT.withName("ifi_change"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long IFI_FAMILY = Offsets.of(LAYOUT, "ifi_family");
  private static final long IFI_TYPE = Offsets.of(LAYOUT, "ifi_type");
  private static final long IFI_INDEX = Offsets.of(LAYOUT, "ifi_index");
  private static final long IFI_FLAGS = Offsets.of(LAYOUT, "ifi_flags");
  private static final long IFI_CHANGE = Offsets.of(LAYOUT, "ifi_change");

  private Ifinfomsg() {}

  /// Sets the flags in `change` to their values in `flags`. The link is named by an attribute.
  public static void write(MemorySegment memory, long offset, int flags, int change) {
    memory.set(JAVA_INT, offset + IFI_FLAGS, flags);
    memory.set(JAVA_INT, offset + IFI_CHANGE, change);
  }

  /// Asks for the interface with this index; with 0 an attribute names the interface, or all are
  /// meant.
  public static void writeIndex(MemorySegment memory, long offset, int index) {
    memory.set(JAVA_INT, offset + IFI_INDEX, index);
  }

  /// `AF_UNSPEC` for a message about the interface itself, `AF_BRIDGE` for one about it as a bridge
  /// port.
  public static int family(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + IFI_FAMILY));
  }

  /// The kind of hardware, an `ARPHRD_` number.
  public static int type(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + IFI_TYPE));
  }

  public static int index(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + IFI_INDEX);
  }

  /// Bits of [IfFlags].
  public static int flags(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + IFI_FLAGS);
  }
}
