package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `cpu_set_t` (`sched.h`): a bit for each CPU, for `sched_setaffinity(2)`. The C type holds 1024
/// CPUs; the kernel accepts longer masks too.
@CHeader(value = "sched.h", type = "cpu_set_t")
public final class CpuSet {
  public static final StructLayout LAYOUT =
      structLayout(sequenceLayout(16, JAVA_LONG).withName("__bits"));

  private CpuSet() {}

  /// A set of `cpus`, as long as needed for the highest of them.
  ///
  /// @throws IllegalArgumentException if a number is negative
  public static MemorySegment allocate(Arena arena, int... cpus) {
    int highest = 0;
    for (int cpu : cpus) {
      if (cpu < 0) {
        throw new IllegalArgumentException("no such CPU: " + cpu);
      }
      highest = Math.max(highest, cpu);
    }
    long words = Math.max(highest / Long.SIZE + 1L, LAYOUT.byteSize() / Long.BYTES);
    MemorySegment set = arena.allocate(JAVA_LONG, words);
    for (int cpu : cpus) {
      long word = set.getAtIndex(JAVA_LONG, cpu / Long.SIZE);
      set.setAtIndex(JAVA_LONG, cpu / Long.SIZE, word | 1L << cpu % Long.SIZE);
    }
    return set;
  }
}
