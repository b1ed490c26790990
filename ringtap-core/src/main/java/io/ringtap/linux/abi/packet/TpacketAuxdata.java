package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct tpacket_auxdata` (`linux/if_packet.h`), the control message that `PACKET_AUXDATA` turns
/// on. It carries the metadata of a ring's packet header for sockets without a ring.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_auxdata")
public final class TpacketAuxdata {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_status"),
          JAVA_INT.withName("tp_len"),
          JAVA_INT.withName("tp_snaplen"),
          JAVA_SHORT.withName("tp_mac"),
          JAVA_SHORT.withName("tp_net"),
          JAVA_SHORT.withName("tp_vlan_tci"),
          JAVA_SHORT.withName("tp_vlan_tpid"));
  private static final long TP_STATUS = Offsets.of(LAYOUT, "tp_status");
  private static final long TP_LEN = Offsets.of(LAYOUT, "tp_len");
  private static final long TP_VLAN_TCI = Offsets.of(LAYOUT, "tp_vlan_tci");
  private static final long TP_VLAN_TPID = Offsets.of(LAYOUT, "tp_vlan_tpid");

  private TpacketAuxdata() {}

  /// `TP_STATUS_VLAN_VALID` and so on.
  public static int status(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + TP_STATUS);
  }

  /// Bytes of the original packet.
  public static int origlen(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + TP_LEN);
  }

  public static int vlanTci(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + TP_VLAN_TCI));
  }

  public static int vlanTpid(MemorySegment memory, long offset) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, offset + TP_VLAN_TPID));
  }
}
