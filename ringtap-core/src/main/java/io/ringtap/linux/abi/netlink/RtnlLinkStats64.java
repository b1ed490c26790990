package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct rtnl_link_stats64` (`linux/if_link.h`): an interface's counters since it was created. A
/// kernel before 6.0 ends the struct one member earlier. Netlink aligns it to four bytes only.
@CHeader(
    value = {"sys/socket.h", "linux/if_link.h"},
    type = "struct rtnl_link_stats64")
public final class RtnlLinkStats64 {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("rx_packets"),
          JAVA_LONG.withName("tx_packets"),
          JAVA_LONG.withName("rx_bytes"),
          JAVA_LONG.withName("tx_bytes"),
          JAVA_LONG.withName("rx_errors"),
          JAVA_LONG.withName("tx_errors"),
          JAVA_LONG.withName("rx_dropped"),
          JAVA_LONG.withName("tx_dropped"),
          JAVA_LONG.withName("multicast"),
          JAVA_LONG.withName("collisions"),
          JAVA_LONG.withName("rx_length_errors"),
          JAVA_LONG.withName("rx_over_errors"),
          JAVA_LONG.withName("rx_crc_errors"),
          JAVA_LONG.withName("rx_frame_errors"),
          JAVA_LONG.withName("rx_fifo_errors"),
          JAVA_LONG.withName("rx_missed_errors"),
          JAVA_LONG.withName("tx_aborted_errors"),
          JAVA_LONG.withName("tx_carrier_errors"),
          JAVA_LONG.withName("tx_fifo_errors"),
          JAVA_LONG.withName("tx_heartbeat_errors"),
          JAVA_LONG.withName("tx_window_errors"),
          JAVA_LONG.withName("rx_compressed"),
          JAVA_LONG.withName("tx_compressed"),
          JAVA_LONG.withName("rx_nohandler"),
          JAVA_LONG.withName("rx_otherhost_dropped"));
  public static final int BYTES = (int) LAYOUT.byteSize();
  private static final long RX_PACKETS = Offsets.of(LAYOUT, "rx_packets");
  private static final long TX_PACKETS = Offsets.of(LAYOUT, "tx_packets");
  private static final long RX_BYTES = Offsets.of(LAYOUT, "rx_bytes");
  private static final long TX_BYTES = Offsets.of(LAYOUT, "tx_bytes");
  private static final long RX_ERRORS = Offsets.of(LAYOUT, "rx_errors");
  private static final long TX_ERRORS = Offsets.of(LAYOUT, "tx_errors");
  private static final long RX_DROPPED = Offsets.of(LAYOUT, "rx_dropped");
  private static final long TX_DROPPED = Offsets.of(LAYOUT, "tx_dropped");
  private static final long MULTICAST = Offsets.of(LAYOUT, "multicast");
  private static final long RX_LENGTH_ERRORS = Offsets.of(LAYOUT, "rx_length_errors");
  private static final long RX_OVER_ERRORS = Offsets.of(LAYOUT, "rx_over_errors");
  private static final long RX_CRC_ERRORS = Offsets.of(LAYOUT, "rx_crc_errors");
  private static final long RX_FRAME_ERRORS = Offsets.of(LAYOUT, "rx_frame_errors");
  private static final long RX_FIFO_ERRORS = Offsets.of(LAYOUT, "rx_fifo_errors");
  private static final long RX_MISSED_ERRORS = Offsets.of(LAYOUT, "rx_missed_errors");
  private static final long TX_CARRIER_ERRORS = Offsets.of(LAYOUT, "tx_carrier_errors");
  private static final long TX_FIFO_ERRORS = Offsets.of(LAYOUT, "tx_fifo_errors");
  private static final long RX_NOHANDLER = Offsets.of(LAYOUT, "rx_nohandler");
  private static final long RX_OTHERHOST_DROPPED = Offsets.of(LAYOUT, "rx_otherhost_dropped");

  /// Bytes of the struct before Linux 6.0.
  public static final int LEAST_BYTES = (int) RX_OTHERHOST_DROPPED;

  private RtnlLinkStats64() {}

  public static long rxPackets(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_PACKETS);
  }

  public static long txPackets(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_PACKETS);
  }

  public static long rxBytes(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_BYTES);
  }

  public static long txBytes(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_BYTES);
  }

  public static long rxErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_ERRORS);
  }

  public static long txErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_ERRORS);
  }

  public static long rxDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_DROPPED);
  }

  public static long txDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_DROPPED);
  }

  public static long multicast(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + MULTICAST);
  }

  public static long rxLengthErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_LENGTH_ERRORS);
  }

  public static long rxOverErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_OVER_ERRORS);
  }

  public static long rxCrcErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_CRC_ERRORS);
  }

  public static long rxFrameErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_FRAME_ERRORS);
  }

  public static long rxFifoErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_FIFO_ERRORS);
  }

  public static long rxMissedErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_MISSED_ERRORS);
  }

  public static long txCarrierErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_CARRIER_ERRORS);
  }

  public static long txFifoErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + TX_FIFO_ERRORS);
  }

  public static long rxNohandler(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_NOHANDLER);
  }

  /// Missing before Linux 6.0.
  public static long rxOtherHostDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + RX_OTHERHOST_DROPPED);
  }
}
