package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_md` (`linux/bpf.h`): what an XDP program sees of a frame, and what a test run may
/// set of it.
@CHeader(value = "linux/bpf.h", type = "struct xdp_md")
public final class XdpMd {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("data"),
          JAVA_INT.withName("data_end"),
          JAVA_INT.withName("data_meta"),
          JAVA_INT.withName("ingress_ifindex"),
          JAVA_INT.withName("rx_queue_index"),
          JAVA_INT.withName("egress_ifindex"));

  /// Where a program loads the beginning of its frame from.
  public static final long DATA = Offsets.of(LAYOUT, "data");

  /// Where a program loads the end of its frame from.
  public static final long DATA_END = Offsets.of(LAYOUT, "data_end");

  /// Where a program loads the beginning of what it has written before its frame from.
  public static final long DATA_META = Offsets.of(LAYOUT, "data_meta");

  /// Where a program loads the number of the queue that its frame came by from.
  public static final long RX_QUEUE_INDEX = Offsets.of(LAYOUT, "rx_queue_index");

  private static final long INGRESS_IFINDEX = Offsets.of(LAYOUT, "ingress_ifindex");

  private XdpMd() {}

  /// The context of a frame of `bytes` that arrives on the first queue of the interface `index`.
  public static MemorySegment allocate(Arena arena, int bytes, int index) {
    MemorySegment context = arena.allocate(LAYOUT);
    context.set(JAVA_INT, DATA_END, bytes);
    context.set(JAVA_INT, INGRESS_IFINDEX, index);
    return context;
  }
}
