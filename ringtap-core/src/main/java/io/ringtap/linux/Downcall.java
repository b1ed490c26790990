package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/// Calls C library functions, all through one method handle.
///
/// The JVM generates code for each signature when it is first linked, which takes about 5 ms, and a
/// short command would wait for a dozen of them. So there is one signature, six registers wide: the
/// calling conventions of x86-64 and aarch64 pass integers and pointers in these. A function that
/// takes fewer ignores the rest, and an `int` is read from the low half of its register.
@SuppressWarnings("restricted")
final class Downcall {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private Downcall() {}

  /// The address of a C library function.
  static MemorySegment function(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  /// Calls a function that returns an `int`, -1 for an error.
  ///
  /// @return its result, or `-errno`
  static int call(
      MemorySegment function, MemorySegment callState, long a, long b, long c, long d, long e) {
    int result = (int) raw(function, callState, a, b, c, d, e, 0);
    return result >= 0 ? result : CallState.negatedErrno(callState);
  }

  /// Calls a function that returns a `long` or a pointer, -1 for an error.
  ///
  /// @return its result, or `-errno`
  static long callLong(
      MemorySegment function,
      MemorySegment callState,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f) {
    long result = raw(function, callState, a, b, c, d, e, f);
    return result != -1 ? result : CallState.negatedErrno(callState);
  }

  private static long raw(
      MemorySegment function,
      MemorySegment callState,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f) {
    try {
      return (long) CALL.invokeExact(function, callState, a, b, c, d, e, f);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /// Passes unchecked throwables on as they are (a closed arena must stay an
  /// IllegalStateException). Anything else cannot happen and becomes an AssertionError.
  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw new AssertionError(thrown);
  }

  /// Keeps the memory that a call pointed to reachable until here.
  @SuppressWarnings(
      "ReachabilityFenceUsage") // if the call threw, the kernel no longer reads the memory
  static void keep(MemorySegment memory) {
    Reference.reachabilityFence(memory);
  }
}
