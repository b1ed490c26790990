package io.ringtap.linux.abi;

/// What `setpriority(2)` sets the nice value of.
@CHeader("sys/resource.h")
public final class Priority {
  public static final int PRIO_PROCESS = 0;

  private Priority() {}
}
