package io.ringtap.cli.fping;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Probes about which an ICMP error has come, and whose time is not over: to fping such an error
/// decides nothing. Any thread may use it.
final class Waiting implements AutoCloseable {
  /// Hears of a probe whose time is over, on a thread of this class.
  interface Listener {
    /// The time is over. The probe is still [there][#remove].
    void onOver(int host, long sequence, long epochNanos);
  }

  private record Probe(int host, long sequence) {}

  private record Deadline(Probe probe, long nanos) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      return Long.compare(nanos - other.nanos, 0);
    }
  }

  private final Listener listener;
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
  private final Map<Probe, Deadline> probes = new HashMap<>();
  private @Nullable Thread clock;
  private boolean isClosed;

  Waiting(Listener listener) {
    this.listener = listener;
  }

  /// Waits for a probe.
  ///
  /// @param nanos how long from now
  synchronized void add(int host, long sequence, long nanos) {
    Deadline deadline = new Deadline(new Probe(host, sequence), System.nanoTime() + nanos);
    probes.put(deadline.probe, deadline);
    deadlines.add(deadline);
    notifyAll();
    if (clock == null) {
      clock = Thread.ofPlatform().daemon().name("ringtap-fping").start(this::run);
    }
  }

  /// Waits for it no more.
  ///
  /// @return whether it was waited for
  synchronized boolean remove(int host, long sequence) {
    if (probes.isEmpty()) {
      return false;
    }
    return probes.remove(new Probe(host, sequence)) != null;
  }

  synchronized boolean isEmpty() {
    return probes.isEmpty();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  private void run() {
    try {
      for (Deadline due = next(); due != null; due = next()) {
        long epochNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        listener.onOver(due.probe.host, due.probe.sequence, epochNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next deadline, when it has come; null when this is closed.
  private synchronized @Nullable Deadline next() throws InterruptedException {
    while (!isClosed) {
      Deadline first = deadlines.peek();
      long left = first == null ? Long.MAX_VALUE : first.nanos - System.nanoTime();
      if (first != null && left <= 0) {
        return deadlines.remove();
      }
      // Rounded up, so that it is not awake before its time again and again.
      long millis = first == null ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
      wait(millis);
    }
    return null;
  }
}
