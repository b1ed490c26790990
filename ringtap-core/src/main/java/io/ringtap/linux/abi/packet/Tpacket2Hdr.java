package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// `struct tpacket2_hdr`, the head of a frame in a TPACKET_V2 ring (`linux/if_packet.h`). The
/// packet's [SockaddrLl] follows it.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket2_hdr")
public final class Tpacket2Hdr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_status"),
          JAVA_INT.withName("tp_len"),
          JAVA_INT.withName("tp_snaplen"),
          JAVA_SHORT.withName("tp_mac"),
          JAVA_SHORT.withName("tp_net"),
          JAVA_INT.withName("tp_sec"),
          JAVA_INT.withName("tp_nsec"),
          JAVA_SHORT.withName("tp_vlan_tci"),
          JAVA_SHORT.withName("tp_vlan_tpid"),
          sequenceLayout(4, JAVA_BYTE).withName("tp_padding"));
  private static final long TP_STATUS = Offsets.of(LAYOUT, "tp_status");
  private static final long TP_SNAPLEN = Offsets.of(LAYOUT, "tp_snaplen");
  private static final long TP_NET = Offsets.of(LAYOUT, "tp_net");
  private static final long TP_SEC = Offsets.of(LAYOUT, "tp_sec");
  private static final long TP_NSEC = Offsets.of(LAYOUT, "tp_nsec");
  private static final VarHandle STATUS = JAVA_INT.varHandle();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// From a frame's beginning to the packet on a cooked socket: what the kernel reserves for this
  /// header, the [SockaddrLl] and a link-level header of 16 bytes (`tpacket_rcv`).
  public static final int COOKED_OFFSET =
      align((int) LAYOUT.byteSize() + SockaddrLl.BYTES) + align(1);

  private Tpacket2Hdr() {}

  /// `TPACKET_ALIGN`.
  private static int align(int bytes) {
    return (bytes + IfPacket.TPACKET_ALIGNMENT - 1) & -IfPacket.TPACKET_ALIGNMENT;
  }

  /// `TP_STATUS_USER` and so on, read with acquire: whoever sees that a frame is the user's sees
  /// what the kernel wrote into it before.
  public static int statusAcquire(MemorySegment ring, long frame) {
    return (int) STATUS.getAcquire(ring, frame + TP_STATUS);
  }

  /// Writes the status with release: the frame has been read before the kernel sees it.
  public static void statusRelease(MemorySegment ring, long frame, int status) {
    STATUS.setRelease(ring, frame + TP_STATUS, status);
  }

  /// Bytes captured.
  public static int caplen(MemorySegment ring, long frame) {
    return ring.get(JAVA_INT, frame + TP_SNAPLEN);
  }

  /// From the header to the packet's network header.
  public static int net(MemorySegment ring, long frame) {
    return Short.toUnsignedInt(ring.get(JAVA_SHORT, frame + TP_NET));
  }

  /// The kernel's stamp, in nanoseconds since the epoch.
  public static long epochNanos(MemorySegment ring, long frame) {
    return Integer.toUnsignedLong(ring.get(JAVA_INT, frame + TP_SEC)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(ring.get(JAVA_INT, frame + TP_NSEC));
  }
}
