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

/// `struct ndmsg` (`linux/neighbour.h`, `rtnetlink(7)`): the head of messages about neighbours.
@CHeader(value = "linux/neighbour.h", type = "struct ndmsg")
public final class Ndmsg {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_BYTE.withName("ndm_family"),
          paddingLayout(3),
          JAVA_INT.withName("ndm_ifindex"),
          JAVA_SHORT.withName("ndm_state"),
          JAVA_BYTE.withName("ndm_flags"),
          JAVA_BYTE.withName("ndm_type"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long NDM_FAMILY = Offsets.of(LAYOUT, "ndm_family");
  private static final long NDM_IFINDEX = Offsets.of(LAYOUT, "ndm_ifindex");
  private static final long NDM_STATE = Offsets.of(LAYOUT, "ndm_state");

  private Ndmsg() {}

  /// Writes an entry of the table of `ifindex`.
  public static void write(MemorySegment memory, long offset, int family, int ifindex, int state) {
    memory.set(JAVA_BYTE, offset + NDM_FAMILY, (byte) family);
    memory.set(JAVA_INT, offset + NDM_IFINDEX, ifindex);
    memory.set(JAVA_SHORT, offset + NDM_STATE, (short) state);
  }

  /// `NUD_REACHABLE` and so on.
  public static int state(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + NDM_STATE));
  }
}
