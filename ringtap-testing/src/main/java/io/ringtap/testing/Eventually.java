package io.ringtap.testing;

import java.time.Duration;

/// Waits for what another thread or the kernel does in its own time.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 1;

  /// Something that becomes true.
  @FunctionalInterface
  public interface Condition {
    /// Whether it is true now.
    ///
    /// @throws Exception of any kind; it is passed on as an AssertionError
    boolean isMet() throws Exception;
  }

  private Eventually() {}

  /// Waits until `condition` is met, for a minute at most.
  ///
  /// @param what the condition in words, for the error
  /// @throws AssertionError if it is not met by then, or fails
  public static void await(String what, Condition condition) {
    if (!within(PATIENCE, condition)) {
      throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
    }
  }

  /// Waits until `condition` is met, for `patience` at most.
  ///
  /// @return whether it was met
  /// @throws AssertionError if it fails
  public static boolean within(Duration patience, Condition condition) {
    long start = System.nanoTime();
    try {
      while (!condition.isMet()) {
        if (System.nanoTime() - start >= patience.toNanos()) {
          return condition.isMet();
        }
        Thread.sleep(POLL_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
