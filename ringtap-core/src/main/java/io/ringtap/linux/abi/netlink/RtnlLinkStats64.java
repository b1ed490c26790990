package io.ringtap.linux.abi.netlink;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct rtnl_link_stats64` (`linux/if_link.h`): an interface's counters since it was made. A
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

  private RtnlLinkStats64() {}

  public static long rxPackets(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset);
  }

  public static long txPackets(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 8);
  }

  public static long rxBytes(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 16);
  }

  public static long txBytes(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 24);
  }

  public static long rxErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 32);
  }

  public static long txErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 40);
  }

  public static long rxDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 48);
  }

  public static long txDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 56);
  }

  public static long multicast(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 64);
  }

  public static long rxLengthErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 80);
  }

  public static long rxOverErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 88);
  }

  public static long rxCrcErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 96);
  }

  public static long rxFrameErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 104);
  }

  public static long rxFifoErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 112);
  }

  public static long rxMissedErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 120);
  }

  public static long txCarrierErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 136);
  }

  public static long txFifoErrors(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 144);
  }

  public static long rxNohandler(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 184);
  }

  /// Missing before Linux 6.0.
  public static long rxOtherHostDropped(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG_UNALIGNED, offset + 192);
  }
}
