package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct timespec` of 64-bit Linux (`time.h`).
@CHeader(value = "time.h", type = "struct timespec")
public final class Timespec {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Timespec() {}

  /// Nanoseconds, whatever the clock's epoch.
  public static long nanos(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset) * NANOS_PER_SECOND + memory.get(JAVA_LONG, offset + 8);
  }

  /// Stores a non-negative span or time of `nanos` nanoseconds.
  public static void nanos(MemorySegment memory, long offset, long nanos) {
    memory.set(JAVA_LONG, offset, nanos / NANOS_PER_SECOND);
    memory.set(JAVA_LONG, offset + 8, nanos % NANOS_PER_SECOND);
  }
}
