package io.ringtap.linux;

import io.ringtap.error.Errno;

/// The one place that decides what an interrupted call means.
public final class Retry {
  /// A system call that returns its result or `-errno`.
  @FunctionalInterface
  public interface Call {
    int run();
  }

  private Retry() {}

  /// Repeats `call` while a signal interrupts it. Not for calls with a timeout, which would start
  /// afresh.
  public static int whileInterrupted(Call call) {
    int result;
    do {
      result = call.run();
    } while (Errno.EINTR.is(result));
    return result;
  }
}
