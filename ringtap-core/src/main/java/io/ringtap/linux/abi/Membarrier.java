package io.ringtap.linux.abi;

/// Commands of `membarrier(2)`.
@CHeader("linux/membarrier.h")
public final class Membarrier {
  /// Waits until every CPU has left what it was doing in the kernel (an RCU grace period).
  public static final int MEMBARRIER_CMD_GLOBAL = 1;

  private Membarrier() {}
}
