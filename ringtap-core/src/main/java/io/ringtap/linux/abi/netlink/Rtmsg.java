package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct rtmsg` (`linux/rtnetlink.h`, `rtnetlink(7)`): the head of messages about routes.
@CHeader(
    value = {"sys/socket.h", "linux/rtnetlink.h"},
    type = "struct rtmsg")
public final class Rtmsg {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_BYTE.withName("rtm_family"),
          JAVA_BYTE.withName("rtm_dst_len"),
          JAVA_BYTE.withName("rtm_src_len"),
          JAVA_BYTE.withName("rtm_tos"),
          JAVA_BYTE.withName("rtm_table"),
          JAVA_BYTE.withName("rtm_protocol"),
          JAVA_BYTE.withName("rtm_scope"),
          JAVA_BYTE.withName("rtm_type"),
          JAVA_INT.withName("rtm_flags"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long RTM_FAMILY = Offsets.of(LAYOUT, "rtm_family");
  private static final long RTM_DST_LEN = Offsets.of(LAYOUT, "rtm_dst_len");
  private static final long RTM_TABLE = Offsets.of(LAYOUT, "rtm_table");
  private static final long RTM_PROTOCOL = Offsets.of(LAYOUT, "rtm_protocol");
  private static final long RTM_SCOPE = Offsets.of(LAYOUT, "rtm_scope");
  private static final long RTM_TYPE = Offsets.of(LAYOUT, "rtm_type");

  private Rtmsg() {}

  /// Writes a static route to a destination of `prefixLength` bits.
  public static void write(
      MemorySegment memory,
      long offset,
      int family,
      int prefixLength,
      int table,
      int scope,
      int type) {
    memory.set(JAVA_BYTE, offset + RTM_FAMILY, (byte) family);
    memory.set(JAVA_BYTE, offset + RTM_DST_LEN, (byte) prefixLength);
    memory.set(JAVA_BYTE, offset + RTM_TABLE, (byte) table);
    memory.set(JAVA_BYTE, offset + RTM_PROTOCOL, (byte) Rtnetlink.RTPROT_STATIC);
    memory.set(JAVA_BYTE, offset + RTM_SCOPE, (byte) scope);
    memory.set(JAVA_BYTE, offset + RTM_TYPE, (byte) type);
  }

  /// `RTN_UNICAST`, `RTN_LOCAL` and so on.
  public static int type(MemorySegment memory, long offset) {
    return memory.get(JAVA_BYTE, offset + RTM_TYPE);
  }

  /// Writes a question for the route to a destination of `prefixLength` bits, whatever its table.
  public static void writeQuestion(
      MemorySegment memory, long offset, int family, int prefixLength) {
    memory.set(JAVA_BYTE, offset + RTM_FAMILY, (byte) family);
    memory.set(JAVA_BYTE, offset + RTM_DST_LEN, (byte) prefixLength);
  }
}
