package io.ringtap.linux.abi;

/// Flags of `unshare(2)` and `setns(2)`.
@CHeader("sched.h")
public final class Sched {
  public static final int CLONE_NEWNET = 0x40000000;

  private Sched() {}
}
