package io.ringtap.monitor.target;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What is to be done, and when. One thread does it all, one thing after the other; any thread adds
/// to it.
final class Agenda implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.ringtap.monitor");

  /// @param number parts those of the same time, in the order in which they came
  private record Item(long nanos, long number, Runnable task) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int byTime = Long.compare(nanos - other.nanos, 0);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final LongSupplier nanoTime;
  private final PriorityQueue<Item> items = new PriorityQueue<>();
  private long numbered;
  private boolean isClosed;
  private @Nullable Thread thread;

  /// @param nanoTime a clock as [System#nanoTime]
  Agenda(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Has a thread of this agenda's own do everything when it is due.
  synchronized void start(String threadName) {
    thread = Thread.ofPlatform().daemon().name(threadName).start(this::work);
  }

  /// The time by this agenda's clock.
  long now() {
    return nanoTime.getAsLong();
  }

  /// Has something done as soon as possible.
  void run(Runnable task) {
    runAfter(0, task);
  }

  /// Has something done after so many nanoseconds.
  synchronized void runAfter(long nanos, Runnable task) {
    if (!isClosed) {
      items.add(new Item(now() + nanos, numbered++, task));
      notifyAll();
    }
  }

  /// Does what is due, on the calling thread, and all that becomes due by it.
  void runDue() {
    for (Runnable task = takeDue(); task != null; task = takeDue()) {
      attempt(task);
    }
  }

  private synchronized @Nullable Runnable takeDue() {
    Item first = items.peek();
    return first == null || first.nanos - now() > 0 ? null : items.remove().task;
  }

  private void work() {
    for (Runnable task = awaitDue(); task != null; task = awaitDue()) {
      attempt(task);
    }
  }

  /// The next that is due; null once this is closed.
  private synchronized @Nullable Runnable awaitDue() {
    while (!isClosed) {
      Runnable due = takeDue();
      if (due != null) {
        return due;
      }
      Item first = items.peek();
      try {
        if (first == null) {
          wait();
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, first.nanos - now()));
        }
      } catch (InterruptedException e) {
        return null;
      }
    }
    return null;
  }

  /// What goes wrong in one thing keeps nobody from the next.
  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the inventory of targets failed at something", e);
    }
  }

  /// Drops what is left, and waits for what is being done.
  @Override
  public void close() {
    Thread working;
    synchronized (this) {
      isClosed = true;
      items.clear();
      notifyAll();
      working = thread;
    }
    if (working != null && !working.equals(Thread.currentThread())) {
      try {
        working.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
