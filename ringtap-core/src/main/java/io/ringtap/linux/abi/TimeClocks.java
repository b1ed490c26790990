package io.ringtap.linux.abi;

/// Clocks of `clock_gettime(2)`.
@CHeader("time.h")
public final class TimeClocks {
  public static final int CLOCK_REALTIME = 0;
  public static final int CLOCK_MONOTONIC = 1;
  public static final int CLOCK_THREAD_CPUTIME_ID = 3;
  public static final int CLOCK_BOOTTIME = 7;

  private TimeClocks() {}
}
