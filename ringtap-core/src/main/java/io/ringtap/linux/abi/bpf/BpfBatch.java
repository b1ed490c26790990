package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The member `batch` of `union bpf_attr` (`linux/bpf.h`): many elements of a map at once (since
/// Linux 5.6).
@CHeader(value = "linux/bpf.h", type = "__typeof__(((union bpf_attr *) 0)->batch)")
public final class BpfBatch {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("in_batch"),
          JAVA_LONG.withName("out_batch"),
          JAVA_LONG.withName("keys"),
          JAVA_LONG.withName("values"),
          JAVA_INT.withName("count"),
          JAVA_INT.withName("map_fd"),
          JAVA_LONG.withName("elem_flags"),
          JAVA_LONG.withName("flags"));
  private static final long IN_BATCH = Offsets.of(LAYOUT, "in_batch");
  private static final long OUT_BATCH = Offsets.of(LAYOUT, "out_batch");
  private static final long KEYS = Offsets.of(LAYOUT, "keys");
  private static final long VALUES = Offsets.of(LAYOUT, "values");
  private static final long COUNT = Offsets.of(LAYOUT, "count");
  private static final long MAP_FD = Offsets.of(LAYOUT, "map_fd");

  private BpfBatch() {}

  /// `BPF_MAP_UPDATE_BATCH` and `BPF_MAP_LOOKUP_BATCH` of `count` elements.
  public static MemorySegment allocate(
      Arena arena, int mapDescriptor, MemorySegment keys, MemorySegment values, int count) {
    MemorySegment batch = arena.allocate(LAYOUT);
    batch.set(JAVA_INT, MAP_FD, mapDescriptor);
    batch.set(JAVA_LONG, KEYS, Pointer.of(keys));
    batch.set(JAVA_LONG, VALUES, Pointer.of(values));
    batch.set(JAVA_INT, COUNT, count);
    return batch;
  }

  /// Sets where a look-up goes on, and where the kernel writes how far it got.
  ///
  /// @param from what the look-up before wrote to `to`; [MemorySegment#NULL] for the first
  public static void position(MemorySegment batch, MemorySegment from, MemorySegment to) {
    batch.set(JAVA_LONG, IN_BATCH, Pointer.of(from));
    batch.set(JAVA_LONG, OUT_BATCH, Pointer.of(to));
  }

  /// How many elements are asked for; after the call, how many were done.
  public static int count(MemorySegment batch) {
    return batch.get(JAVA_INT, COUNT);
  }
}
