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

  private static final long TV_SEC = Offsets.of(LAYOUT, "tv_sec");
  private static final long TV_NSEC = Offsets.of(LAYOUT, "tv_nsec");

  private Timespec() {}

  /// Nanoseconds, whatever the clock's epoch.
  public static long nanos(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset + TV_SEC) * NANOS_PER_SECOND
        + memory.get(JAVA_LONG, offset + TV_NSEC);
  }

  /// Stores a non-negative span or time of `nanos` nanoseconds.
  public static void nanos(MemorySegment memory, long offset, long nanos) {
    memory.set(JAVA_LONG, offset + TV_SEC, nanos / NANOS_PER_SECOND);
    memory.set(JAVA_LONG, offset + TV_NSEC, nanos % NANOS_PER_SECOND);
  }
}
