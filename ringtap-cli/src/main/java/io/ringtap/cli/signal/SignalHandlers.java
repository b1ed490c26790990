package io.ringtap.cli.signal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Has the JVM call something when a signal comes.
///
/// By reflection, because javac has a warning for each use of sun.misc that cannot be turned off.
/// The class is there for such use (JEP 260), in the module jdk.unsupported.
public final class SignalHandlers {
  private SignalHandlers() {}

  /// Calls `action` at each signal from now on, on a thread of its own. A signal that is ignored
  /// when the JVM starts stays so.
  ///
  /// @param name without `SIG`
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calling =
          (_, _, _) -> {
            action.run();
            return null;
          };
      Object called =
          Proxy.newProxyInstance(
              SignalHandlers.class.getClassLoader(), new Class<?>[] {handler}, calling);
      Method handle = signal.getMethod("handle", signal, handler);
      Object _ = handle.invoke(null, signal.getConstructor(String.class).newInstance(name), called);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // -Xrs keeps the JVM from handling signals: this one then has its default action.
    }
  }
}
