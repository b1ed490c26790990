package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct icmp6_filter` (`netinet/icmp6.h`, RFC 3542 §3.2): the ICMPv6 types that a raw socket
/// does not receive, as Linux stores them.
@CHeader(value = "netinet/icmp6.h", type = "struct icmp6_filter")
public final class Icmp6Filter {
  public static final StructLayout LAYOUT =
      structLayout(sequenceLayout(8, JAVA_INT).withName("icmp6_filt"));
  public static final int ICMP6_FILTER = 1;

  private Icmp6Filter() {}

  /// A filter that blocks every type.
  public static MemorySegment blockingAll(Arena arena) {
    return arena.allocate(LAYOUT).fill((byte) -1);
  }

  /// A filter that blocks every type except those from `first` to `last`, and `other`.
  public static MemorySegment passing(Arena arena, int first, int last, int other) {
    MemorySegment filter = blockingAll(arena);
    for (int type = first; type <= last; type++) {
      pass(filter, type);
    }
    pass(filter, other);
    return filter;
  }

  private static void pass(MemorySegment filter, int type) {
    int word = type / Integer.SIZE;
    int blocked = filter.getAtIndex(JAVA_INT, word);
    filter.setAtIndex(JAVA_INT, word, blocked & ~(1 << type % Integer.SIZE));
  }
}
