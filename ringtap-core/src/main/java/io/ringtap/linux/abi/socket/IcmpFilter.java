package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct icmp_filter` (`linux/icmp.h`, `raw(7)`): the ICMP types that a raw IPv4 socket is not
/// shown. Unlike a BPF program it is asked before a packet is copied for the socket.
@CHeader(value = "linux/icmp.h", type = "struct icmp_filter")
public final class IcmpFilter {
  public static final StructLayout LAYOUT = structLayout(JAVA_INT.withName("data"));
  public static final int ICMP_FILTER = 1;
  private static final int EVERY_TYPE = -1;

  private IcmpFilter() {}

  /// Shuts out every type.
  public static MemorySegment blockingAll(Arena arena) {
    return arena.allocateFrom(JAVA_INT, EVERY_TYPE);
  }

  /// Shuts out every type but some below 32.
  public static MemorySegment passing(Arena arena, int... types) {
    int blocked = EVERY_TYPE;
    for (int type : types) {
      blocked &= ~(1 << type);
    }
    return arena.allocateFrom(JAVA_INT, blocked);
  }
}
