package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// What processes have used (`struct rusage` of 64-bit Linux), as far as Ringtap reads it.
@CHeader(value = "sys/resource.h", type = "struct rusage")
public final class Rusage {
  /// All children that have been waited for, with theirs.
  public static final int RUSAGE_CHILDREN = -1;

  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("ru_utime.tv_sec"),
          JAVA_LONG.withName("ru_utime.tv_usec"),
          JAVA_LONG.withName("ru_stime.tv_sec"),
          JAVA_LONG.withName("ru_stime.tv_usec"),
          paddingLayout(112));

  private static final long USER_SECONDS = Offsets.of(LAYOUT, "ru_utime.tv_sec");
  private static final long USER_MICROS = Offsets.of(LAYOUT, "ru_utime.tv_usec");
  private static final long SYSTEM_SECONDS = Offsets.of(LAYOUT, "ru_stime.tv_sec");
  private static final long SYSTEM_MICROS = Offsets.of(LAYOUT, "ru_stime.tv_usec");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000;

  private Rusage() {}

  /// CPU time in user mode, in nanoseconds, exact to a microsecond.
  public static long userNanos(MemorySegment usage) {
    return nanos(usage, USER_SECONDS, USER_MICROS);
  }

  /// CPU time in the kernel, in nanoseconds, exact to a microsecond.
  public static long systemNanos(MemorySegment usage) {
    return nanos(usage, SYSTEM_SECONDS, SYSTEM_MICROS);
  }

  private static long nanos(MemorySegment usage, long seconds, long micros) {
    return usage.get(JAVA_LONG, seconds) * NANOS_PER_SECOND
        + usage.get(JAVA_LONG, micros) * NANOS_PER_MICRO;
  }
}
