package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.StructLayout;

/// `struct tpacket_stats` (`linux/if_packet.h`): what `PACKET_STATISTICS` returns for a socket
/// without a TPACKET_V3 ring, the beginning of [TpacketStatsV3].
@CHeader(value = "linux/if_packet.h", type = "struct tpacket_stats")
public final class TpacketStats {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_INT.withName("tp_packets"), JAVA_INT.withName("tp_drops"));

  private TpacketStats() {}
}
