package io.ringtap.linux;

import io.ringtap.linux.abi.TimeClocks;
import io.ringtap.linux.abi.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Reads the kernel's clocks in nanoseconds, without allocating. Each thread that reads has its own
/// instance.
public final class Clock {
  private final MemorySegment callState;
  private final MemorySegment time;

  /// @param arena how long the instance is used
  public Clock(Arena arena) {
    callState = CallState.allocate(arena);
    time = arena.allocate(Timespec.LAYOUT);
  }

  /// `CLOCK_REALTIME`, the clock of packet stamps. It can be set, forwards and backwards.
  public long epochNanos() {
    // Cannot fail: the clock exists and the memory is ours.
    int _ = Libc.clockGettime(callState, TimeClocks.CLOCK_REALTIME, time);
    return Timespec.nanos(time, 0);
  }

  /// `CLOCK_BOOTTIME`, which is never set and, unlike the monotonic clock, goes on while the
  /// machine is suspended.
  public long bootNanos() {
    int _ = Libc.clockGettime(callState, TimeClocks.CLOCK_BOOTTIME, time);
    return Timespec.nanos(time, 0);
  }

  /// `CLOCK_MONOTONIC`, which is never set and which `System.nanoTime` reads on Linux.
  public static long monotonicNanos() {
    return System.nanoTime();
  }
}
