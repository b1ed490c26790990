package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct tpacket_stats_v3` (`linux/if_packet.h`). Reading it through `PACKET_STATISTICS` clears
/// the kernel's counters, and its packets include its drops.
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_stats_v3")
public final class TpacketStatsV3 {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("tp_packets"),
          JAVA_INT.withName("tp_drops"),
          JAVA_INT.withName("tp_freeze_q_cnt"));
  private static final long TP_PACKETS = Offsets.of(LAYOUT, "tp_packets");
  private static final long TP_DROPS = Offsets.of(LAYOUT, "tp_drops");
  private static final long TP_FREEZE_Q_CNT = Offsets.of(LAYOUT, "tp_freeze_q_cnt");

  private TpacketStatsV3() {}

  public static long packets(MemorySegment stats) {
    return Integer.toUnsignedLong(stats.get(JAVA_INT, TP_PACKETS));
  }

  public static long drops(MemorySegment stats) {
    return Integer.toUnsignedLong(stats.get(JAVA_INT, TP_DROPS));
  }

  public static long freezes(MemorySegment stats) {
    return Integer.toUnsignedLong(stats.get(JAVA_INT, TP_FREEZE_Q_CNT));
  }
}
