package io.ringtap.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// Binds C library functions as method handles.
@SuppressWarnings("restricted")
final class Downcall {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  private Downcall() {}

  /// A handle of `result name(parameters...)` whose first argument is the call state that takes
  /// `errno`.
  static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... parameters) {
    return link(name, FunctionDescriptor.of(result, parameters), ERRNO);
  }

  /// As [#bind], for a C function declared with `...` after its first `fixed` parameters.
  static MethodHandle bindVariadic(
      int fixed, String name, MemoryLayout result, MemoryLayout... parameters) {
    return link(
        name,
        FunctionDescriptor.of(result, parameters),
        ERRNO,
        Linker.Option.firstVariadicArg(fixed));
  }

  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /// What a `catch (Throwable)` round `invokeExact` throws on: unchecked throwables as they are (a
  /// closed arena must stay an IllegalStateException), anything else as the impossibility that it
  /// is.
  static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw new AssertionError(thrown);
  }
}
