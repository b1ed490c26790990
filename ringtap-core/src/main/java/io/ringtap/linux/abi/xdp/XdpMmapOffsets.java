package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_mmap_offsets` (`linux/if_xdp.h`): where the parts of each ring are in its mapping.
@CHeader(value = "linux/if_xdp.h", type = "struct xdp_mmap_offsets")
public final class XdpMmapOffsets {
  /// `struct xdp_ring_offset`. Before Linux 5.4 it had no flags.
  private static final StructLayout RING =
      structLayout(
          JAVA_LONG.withName("producer"),
          JAVA_LONG.withName("consumer"),
          JAVA_LONG.withName("desc"),
          JAVA_LONG.withName("flags"));

  public static final StructLayout LAYOUT =
      structLayout(
          RING.withName("rx"), RING.withName("tx"), RING.withName("fr"), RING.withName("cr"));

  /// Where the offsets of the receive ring are.
  public static final long RX = Offsets.of(LAYOUT, "rx");

  /// Where the offsets of the transmit ring are.
  public static final long TX = Offsets.of(LAYOUT, "tx");

  /// Where the offsets of the fill ring are.
  public static final long FR = Offsets.of(LAYOUT, "fr");

  /// Where the offsets of the completion ring are.
  public static final long CR = Offsets.of(LAYOUT, "cr");

  private static final long PRODUCER = Offsets.of(RING, "producer");
  private static final long CONSUMER = Offsets.of(RING, "consumer");
  private static final long DESC = Offsets.of(RING, "desc");
  private static final long FLAGS = Offsets.of(RING, "flags");

  private XdpMmapOffsets() {}

  /// How far the ring has been written.
  public static long producer(MemorySegment offsets, long ring) {
    return offsets.get(JAVA_LONG, ring + PRODUCER);
  }

  /// How far the ring has been read.
  public static long consumer(MemorySegment offsets, long ring) {
    return offsets.get(JAVA_LONG, ring + CONSUMER);
  }

  /// The ring's entries.
  public static long desc(MemorySegment offsets, long ring) {
    return offsets.get(JAVA_LONG, ring + DESC);
  }

  /// The ring's flags, such as [IfXdp#XDP_RING_NEED_WAKEUP].
  public static long flags(MemorySegment offsets, long ring) {
    return offsets.get(JAVA_LONG, ring + FLAGS);
  }
}
