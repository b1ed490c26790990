package io.ringtap.linux;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct tpacket3_hdr`, the head of a packet in a TPACKET_V3 block (`linux/if_packet.h`). The
/// packet's [SockaddrLl] follows it.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket3_hdr")
public final class Tpacket3Hdr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_next_offset"),
          JAVA_INT.withName("tp_sec"),
          JAVA_INT.withName("tp_nsec"),
          JAVA_INT.withName("tp_snaplen"),
          JAVA_INT.withName("tp_len"),
          JAVA_INT.withName("tp_status"),
          JAVA_SHORT.withName("tp_mac"),
          JAVA_SHORT.withName("tp_net"),
          JAVA_INT.withName("hv1.tp_rxhash"),
          JAVA_INT.withName("hv1.tp_vlan_tci"),
          JAVA_SHORT.withName("hv1.tp_vlan_tpid"),
          paddingLayout(2),
          sequenceLayout(8, JAVA_BYTE).withName("tp_padding"));

  /// From the header to the packet's link-level address.
  public static final int SOCKADDR_OFFSET = (int) LAYOUT.byteSize();

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Tpacket3Hdr() {}

  /// Bytes to the next packet's header.
  public static int nextOffset(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet);
  }

  /// The kernel's stamp, in nanoseconds since the epoch.
  public static long epochNanos(MemorySegment ring, long packet) {
    return Integer.toUnsignedLong(ring.get(JAVA_INT, packet + 4)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(ring.get(JAVA_INT, packet + 8));
  }

  /// Bytes captured.
  public static int caplen(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + 12);
  }

  /// Bytes of the packet as it was.
  public static int origlen(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + 16);
  }

  /// `TP_STATUS_CSUMNOTREADY` and so on.
  public static int status(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + 20);
  }

  /// From the header to the captured bytes: the link-level header on a raw socket, the network
  /// header on a cooked one.
  public static int mac(MemorySegment ring, long packet) {
    return Short.toUnsignedInt(ring.get(JAVA_SHORT, packet + 24));
  }
}
