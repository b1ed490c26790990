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

  /// When the ticks are due, for a thread that waits for them itself. One thread uses it.
  ///
  /// Ticks are on time again after one that came late, unless that would make an interval shorter
  /// than half. Ticks that a stall swallowed are not made up for.
  public static final class Schedule {
    private final long intervalNanos;
    private long due = System.nanoTime();

    /// Begins the first interval.
    public Schedule(long intervalNanos) {
      this.intervalNanos = intervalNanos;
    }

    /// Waits until the next tick is due.
    ///
    /// @param end whose reaching zero ends the waiting
    /// @return whether the tick is due; false if it is the end
    public boolean await(CountDownLatch end) throws InterruptedException {
      due = Math.max(due + intervalNanos, System.nanoTime() + intervalNanos / 2);
      return !end.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private final Task task;
  private final Schedule schedule;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// Begins the first interval.
  public Ticker(long intervalNanos, Task task) {
    this.task = task;
    schedule = new Schedule(intervalNanos);
    thread = Thread.ofPlatform().daemon().name("ringtap-ticker").start(this::run);
  }

  private void run() {
    long last = System.nanoTime();
    try {
      while (schedule.await(closed)) {
        long now = System.nanoTime();
        task.tick(now - last);
        last = now;
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
