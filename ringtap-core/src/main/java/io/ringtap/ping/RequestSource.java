package io.ringtap.ping;

import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.SeriesSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Requests that the engine draws from an iterator as it has room for them, and the result that all
/// of them come to.
///
/// @param <T> the result
final class RequestSource<T> implements SeriesSource {
  /// Takes in the summaries as the requests end. The receiving thread's, but for the last call.
  interface Results<T> {
    /// The request that was drawn as the `index`th, from 0, has ended.
    void add(long index, PingSummary summary);

    /// All that were drawn have ended.
    T result();
  }

  private final Iterator<PingRequest> requests;
  private final @Nullable ListenerGuard listener;
  private final Results<T> results;
  private final Ping<T> ping;

  /// Requests that run, and one for the iterator until it is exhausted: whoever brings it to zero
  /// completes the future, and sees what the others have stored before they counted down.
  private final AtomicInteger open = new AtomicInteger(1);

  private long drawn; // the sending thread's
  private @Nullable Throwable failure; // likewise

  RequestSource(
      Iterator<PingRequest> requests,
      @Nullable PingListener listener,
      Results<T> results,
      Ping<T> ping) {
    this.requests = requests;
    this.listener = listener == null ? null : new ListenerGuard(listener, ping::fail);
    this.results = results;
    this.ping = ping;
  }

  /// An iterator that throws, whatever it throws, has ended; the future then fails once all that
  /// was drawn before has ended.
  @Override
  public @Nullable ProbeSeries next() {
    try {
      if (requests.hasNext()) {
        long index = drawn;
        PingProgress progress =
            new PingProgress(requests.next(), listener, summary -> ended(index, summary));
        ProbeSeries series = progress.series();
        drawn++;
        open.incrementAndGet();
        return series;
      }
    } catch (Throwable e) { // Kotlin and Scala do not check exceptions
      failure = e;
    }
    return null;
  }

  private void ended(long index, PingSummary summary) {
    results.add(index, summary);
    countDown();
  }

  @Override
  public void onExhausted() {
    countDown();
  }

  private void countDown() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (failure != null) {
      ping.fail(failure);
    } else {
      ping.end(results.result());
    }
  }

  /// The summaries in the order of the requests.
  static final class InOrder implements Results<List<PingSummary>> {
    private final List<PingRequest> all;
    private final @Nullable PingSummary[] summaries;

    InOrder(List<PingRequest> all) {
      this.all = all;
      summaries = new PingSummary[all.size()];
    }

    @Override
    public void add(long index, PingSummary summary) {
      summaries[Math.toIntExact(index)] = summary;
    }

    @Override
    public List<PingSummary> result() {
      PingSummary[] complete = new PingSummary[summaries.length];
      for (int i = 0; i < complete.length; i++) {
        PingSummary summary = summaries[i];
        // What was closed or stopped before it began has sent nothing.
        complete[i] = summary != null ? summary : PingSummary.ofUnsent(all.get(i));
      }
      return List.of(complete);
    }
  }

  /// Their sums.
  static final class Added implements Results<PingTotals> {
    private PingTotals totals = PingTotals.NONE;

    @Override
    public void add(long index, PingSummary summary) {
      totals = totals.plus(summary);
    }

    @Override
    public PingTotals result() {
      return totals;
    }
  }
}
