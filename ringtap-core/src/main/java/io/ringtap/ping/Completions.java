package io.ringtap.ping;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/// Completes futures away from the engine's threads, so that what depends on a future may block,
/// and even wait for this pinger.
final class Completions {
  private static final long PATIENCE_NANOS = 2_000_000_000;
  private static final long NAP_NANOS = 100_000;

  private final Executor executor;

  /// Futures whose result is on its way to them.
  private final Set<Ping<?>> underWay = ConcurrentHashMap.newKeySet();

  /// @param executor where futures complete, and what depends on them runs
  Completions(Executor executor) {
    this.executor = executor;
  }

  /// Has the executor run what completes a future. A virtual thread does it if the executor
  /// refuses.
  void run(Ping<?> ping, Runnable completion) {
    underWay.add(ping);
    Runnable task =
        () -> {
          try {
            completion.run();
          } finally {
            underWay.remove(ping);
          }
        };
    try {
      executor.execute(task);
    } catch (Throwable refusal) { // the caller's code, which may throw anything
      Thread _ = Thread.startVirtualThread(task);
    }
  }

  /// Waits until the futures under way are done, not until what depends on them has run. An
  /// executor that does not get to it is not waited for long: the caller may be its only thread.
  void await() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (Ping<?> ping : underWay) {
      while (!ping.isDone() && System.nanoTime() < end) {
        LockSupport.parkNanos(NAP_NANOS);
        if (Thread.currentThread().isInterrupted()) {
          return; // parking would return at once
        }
      }
    }
  }
}
