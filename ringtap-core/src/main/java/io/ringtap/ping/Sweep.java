package io.ringtap.ping;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Requests that the sending thread draws from an iterator as it has room for them, so that a range
/// of any size costs no more than what runs of it.
final class Sweep {
  private final Iterator<PingRequest> requests;
  private final @Nullable PingListener listener;
  private final @Nullable List<Ping> begun;
  private final CompletableFuture<PingTotals> totals = new CompletableFuture<>();

  /// Requests that run, and one for the iterator until it is exhausted: whoever brings it to zero
  /// completes the future, and sees what the others have stored before they counted down.
  private final AtomicInteger open = new AtomicInteger(1);

  private @Nullable Throwable failure; // the sending thread's
  private PingTotals sum = PingTotals.NONE; // the receiving thread's

  /// @param begun takes up what has been begun, in order; whoever is told of the end may read it
  Sweep(
      Iterator<PingRequest> requests, @Nullable PingListener listener, @Nullable List<Ping> begun) {
    this.requests = requests;
    this.listener = listener;
    this.begun = begun;
  }

  CompletableFuture<PingTotals> totals() {
    return totals;
  }

  /// Sending thread: the next request of a pinger, or null when there is none. An iterator that
  /// throws has ended; the future then fails once all that was drawn before has ended.
  @Nullable Ping next(Pinger pinger) {
    try {
      if (requests.hasNext()) {
        Ping ping = new Ping(pinger, requests.next(), listener, this);
        open.incrementAndGet();
        if (begun != null) {
          begun.add(ping);
        }
        return ping;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    return null;
  }

  /// Sending thread: nothing more is drawn.
  void exhausted() {
    countDown();
  }

  /// Receiving thread: a request that was drawn has ended.
  void ended(PingSummary summary) {
    sum = sum.plus(summary);
    countDown();
  }

  private void countDown() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (failure != null) {
      totals.completeExceptionally(failure);
    } else {
      totals.complete(sum);
    }
  }
}
