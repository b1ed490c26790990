package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
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
  private static final long TP_NEXT_OFFSET = Offsets.of(LAYOUT, "tp_next_offset");
  private static final long TP_SEC = Offsets.of(LAYOUT, "tp_sec");
  private static final long TP_NSEC = Offsets.of(LAYOUT, "tp_nsec");
  private static final long TP_SNAPLEN = Offsets.of(LAYOUT, "tp_snaplen");
  private static final long TP_LEN = Offsets.of(LAYOUT, "tp_len");
  private static final long TP_STATUS = Offsets.of(LAYOUT, "tp_status");
  private static final long TP_MAC = Offsets.of(LAYOUT, "tp_mac");
  private static final long TP_RXHASH = Offsets.of(LAYOUT, "hv1.tp_rxhash");
  private static final long TP_VLAN_TCI = Offsets.of(LAYOUT, "hv1.tp_vlan_tci");
  private static final long TP_VLAN_TPID = Offsets.of(LAYOUT, "hv1.tp_vlan_tpid");

  /// From the header to the packet's link-level address.
  public static final int SOCKADDR_OFFSET = (int) LAYOUT.byteSize();

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Tpacket3Hdr() {}

  /// Bytes to the next packet's header.
  public static int nextOffset(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_NEXT_OFFSET);
  }

  /// The kernel's stamp, in nanoseconds since the epoch.
  public static long epochNanos(MemorySegment ring, long packet) {
    return Integer.toUnsignedLong(ring.get(JAVA_INT, packet + TP_SEC)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(ring.get(JAVA_INT, packet + TP_NSEC));
  }

  /// Bytes captured.
  public static int caplen(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_SNAPLEN);
  }

  /// Bytes of the original packet.
  public static int origlen(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_LEN);
  }

  /// `TP_STATUS_CSUMNOTREADY` and so on.
  public static int status(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_STATUS);
  }

  /// From the header to the captured bytes: the link-level header on a raw socket, the network
  /// header on a cooked one.
  public static int mac(MemorySegment ring, long packet) {
    return Short.toUnsignedInt(ring.get(JAVA_SHORT, packet + TP_MAC));
  }

  /// The hash of the packet's flow if the ring was set up to report it; otherwise 0.
  public static int rxhash(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_RXHASH);
  }

  /// The removed VLAN tag, if the status has `TP_STATUS_VLAN_VALID`.
  public static int vlanTci(MemorySegment ring, long packet) {
    return ring.get(JAVA_INT, packet + TP_VLAN_TCI);
  }

  /// The protocol of the removed tag, if the status has `TP_STATUS_VLAN_TPID_VALID`.
  public static int vlanTpid(MemorySegment ring, long packet) {
    return Short.toUnsignedInt(ring.get(JAVA_SHORT, packet + TP_VLAN_TPID));
  }

  /// Writes a header as the kernel does, for a packet that did not come through a ring. The hash is
  /// 0.
  ///
  /// @param mac from the header to the captured bytes
  /// @param vlanTci the removed VLAN tag, if `status` has `TP_STATUS_VLAN_VALID`
  public static void write(
      MemorySegment memory,
      long packet,
      long epochNanos,
      int caplen,
      int origlen,
      int status,
      int mac,
      int vlanTci,
      int vlanTpid) {
    memory.set(JAVA_INT, packet + TP_SEC, (int) (epochNanos / NANOS_PER_SECOND));
    memory.set(JAVA_INT, packet + TP_NSEC, (int) (epochNanos % NANOS_PER_SECOND));
    memory.set(JAVA_INT, packet + TP_SNAPLEN, caplen);
    memory.set(JAVA_INT, packet + TP_LEN, origlen);
    memory.set(JAVA_INT, packet + TP_STATUS, status);
    memory.set(JAVA_SHORT, packet + TP_MAC, (short) mac);
    memory.set(JAVA_INT, packet + TP_RXHASH, 0);
    memory.set(JAVA_INT, packet + TP_VLAN_TCI, vlanTci);
    memory.set(JAVA_SHORT, packet + TP_VLAN_TPID, (short) vlanTpid);
  }

  /// Moves the beginning of the packet `bytes` bytes back and increases its lengths, for a header
  /// that was put before it.
  public static void extend(MemorySegment memory, long packet, int bytes) {
    memory.set(JAVA_SHORT, packet + TP_MAC, (short) (mac(memory, packet) - bytes));
    memory.set(JAVA_INT, packet + TP_SNAPLEN, caplen(memory, packet) + bytes);
    lengthen(memory, packet, bytes);
  }

  /// Increases the original length by `bytes` that are not captured.
  public static void lengthen(MemorySegment memory, long packet, int bytes) {
    memory.set(JAVA_INT, packet + TP_LEN, origlen(memory, packet) + bytes);
  }

  /// Reduces the number of captured bytes.
  public static void truncate(MemorySegment memory, long packet, int caplen) {
    memory.set(JAVA_INT, packet + TP_SNAPLEN, caplen);
  }
}
