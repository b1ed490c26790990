package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sigaction` of the C library (`signal.h`): what a process does when a signal comes.
@CHeader(value = "signal.h", type = "struct sigaction")
public final class Sigaction {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_LONG.withName("sa_sigaction"),
          sequenceLayout(16, JAVA_LONG).withName("sa_mask"),
          JAVA_INT.withName("sa_flags"),
          paddingLayout(4),
          JAVA_LONG.withName("sa_restorer"));

  /// The handler is called with the signal's number, a `siginfo_t *` and a `ucontext_t *`.
  public static final int SA_SIGINFO = 4;

  /// System calls that the signal interrupts go on after it.
  public static final int SA_RESTART = 0x1000_0000;

  private static final long SA_SIGACTION = Offsets.of(LAYOUT, "sa_sigaction");
  private static final long SA_FLAGS = Offsets.of(LAYOUT, "sa_flags");

  private Sigaction() {}

  /// Sets the address of the handler and the flags; the mask stays as it is.
  public static void set(MemorySegment memory, MemorySegment handler, int flags) {
    memory.set(JAVA_LONG, SA_SIGACTION, handler.address());
    memory.set(JAVA_INT, SA_FLAGS, flags);
  }
}
