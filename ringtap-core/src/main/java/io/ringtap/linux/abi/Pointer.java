package io.ringtap.linux.abi;

import java.lang.foreign.MemorySegment;

/// Addresses of memory for the kernel.
public final class Pointer {
  private Pointer() {}

  /// The address of `memory`, for a field or an argument that the kernel follows. The number does
  /// not keep the memory alive: the caller must keep `memory` reachable until the call returns.
  ///
  /// @throws IllegalArgumentException if it is not native memory
  /// @throws IllegalStateException if the memory's arena is closed
  public static long of(MemorySegment memory) {
    if (!memory.isNative()) {
      throw new IllegalArgumentException("a system call needs native memory, not " + memory);
    }
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException("the memory for a system call is closed");
    }
    return memory.address();
  }
}
