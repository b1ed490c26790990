package io.ringtap.cli.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Calls something at equal intervals, on a thread of its own, until it is closed.
public final class Ticker implements AutoCloseable {
  /// What is called.
  public interface Task {
    /// Does what is due.
    ///
    /// @param nanos since the last call, or since the beginning
    void tick(long nanos);
  }

  private final long intervalNanos;
  private final Task task;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// Begins the first interval.
  public Ticker(long intervalNanos, Task task) {
    this.intervalNanos = intervalNanos;
    this.task = task;
    thread = Thread.ofPlatform().daemon().name("ringtap-ticker").start(this::run);
  }

  private void run() {
    long last = System.nanoTime();
    long next = last + intervalNanos;
    try {
      while (!closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        long now = System.nanoTime();
        task.tick(now - last);
        last = now;
        // After a stall the ticks that it swallowed are not made up for.
        next = Math.max(next + intervalNanos, now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Calls no more once it has returned.
  @Override
  public void close() {
    closed.countDown();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
