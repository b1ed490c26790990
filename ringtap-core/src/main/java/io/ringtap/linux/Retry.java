package io.ringtap.linux;

import io.ringtap.error.Errno;

/// The only place that decides how to handle an interrupted call.
public final class Retry {
  /// A system call that returns its result or `-errno`.
  @FunctionalInterface
  public interface Call {
    int run();
  }

  private Retry() {}

  /// Repeats `call` while a signal interrupts it. Not for calls with a timeout, which would start
  /// again from the full timeout.
  public static int whileInterrupted(Call call) {
    int result;
    do {
      result = call.run();
    } while (Errno.EINTR.is(result));
    return result;
  }
}
