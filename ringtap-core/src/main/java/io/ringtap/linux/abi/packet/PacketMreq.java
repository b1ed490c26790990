package io.ringtap.linux.abi.packet;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct packet_mreq` (`linux/if_packet.h`, `packet(7)`): a membership. The kernel counts
/// memberships, and ends this one with the socket.
@CHeader(value = "linux/if_packet.h", type = "struct packet_mreq")
public final class PacketMreq {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("mr_ifindex"),
          JAVA_SHORT.withName("mr_type"),
          JAVA_SHORT.withName("mr_alen"),
          sequenceLayout(8, JAVA_BYTE).withName("mr_address"));
  private static final long MR_IFINDEX = Offsets.of(LAYOUT, "mr_ifindex");
  private static final long MR_TYPE = Offsets.of(LAYOUT, "mr_type");

  private PacketMreq() {}

  /// A membership of `type`, such as `PACKET_MR_PROMISC`, on an interface.
  public static MemorySegment allocate(Arena arena, int ifindex, int type) {
    MemorySegment request = arena.allocate(LAYOUT);
    request.set(JAVA_INT, MR_IFINDEX, ifindex);
    request.set(JAVA_SHORT, MR_TYPE, (short) type);
    return request;
  }
}
