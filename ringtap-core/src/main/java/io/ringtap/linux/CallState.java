package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The memory in which a call leaves `errno`. Hot loops allocate their own together with their
/// socket; all other code uses that of the calling thread.
public final class CallState {
  private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO = Offsets.of(LAYOUT, "errno");
  private static final ThreadLocal<MemorySegment> CURRENT =
      ThreadLocal.withInitial(() -> allocate(Arena.ofAuto()));

  private CallState() {}

  /// Allocates the memory for one thread at a time; it lives as long as `arena`.
  public static MemorySegment allocate(Arena arena) {
    return arena.allocate(LAYOUT);
  }

  /// The calling thread's memory for `errno`.
  public static MemorySegment current() {
    return CURRENT.get();
  }

  static int negatedErrno(MemorySegment callState) {
    return -callState.get(JAVA_INT, ERRNO);
  }
}
