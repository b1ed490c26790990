package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/// Numbers from the kernel's own generator (getrandom(2)), which nobody can foretell: for the few
/// keys and identifiers that a run draws when it begins. `SecureRandom` has them from there too,
/// but looks for its provider first, a good part of a short start. Each draw is a call into the
/// kernel, so it is not for hot paths. Safe for any thread.
public final class KernelRandom implements RandomGenerator {
  /// A generator; all are the same.
  public KernelRandom() {}

  /// The next eight bytes.
  ///
  /// @throws IllegalStateException if the kernel has none
  @Override
  public long nextLong() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_LONG);
      long drawn = Libc.getrandom(CallState.current(), number, Long.BYTES, 0);
      if (drawn != Long.BYTES) {
        throw new IllegalStateException("getrandom returns " + drawn);
      }
      return number.get(JAVA_LONG, 0);
    }
  }
}
