package io.ringtap.ping;

import io.ringtap.ping.engine.Engine;
import io.ringtap.ping.engine.Work;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What a [Pinger] has been asked for and is carrying out: a future of its result, and the means to
/// end it before. Any thread may call all methods.
///
/// The future completes on the pinger's receiving thread, so what depends on it must be quick or go
/// on elsewhere.
///
/// @param <T> the result: a [PingSummary], or what many come to
public final class Ping<T> extends CompletableFuture<T> {
  private final Engine engine;
  private final Work work;

  /// @param work makes what is carried out, whose result completes the future it is given
  Ping(Engine engine, Function<? super CompletableFuture<T>, ? extends Work> work) {
    this.engine = engine;
    this.work = work.apply(this);
  }

  /// Begins it, unless there is no room for it: then it is false.
  boolean begin() {
    return engine.begin(work);
  }

  /// Sends no more probes, and begins no more requests. The result comes when the probes in flight
  /// are decided.
  public void stop() {
    engine.stop(work, false);
  }

  /// Ends at once: probes in flight end as [PingOutcome.Withdrawn], and the result is of what has
  /// been sent so far.
  public void withdraw() {
    engine.stop(work, true);
  }

  /// Ends at once, as [#withdraw] does, and leaves the future cancelled, without a result.
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isCancelled = super.cancel(mayInterruptIfRunning);
    if (isCancelled) {
      engine.stop(work, true);
    }
    return isCancelled;
  }

  /// Futures that depend on this one are plain: they have nothing to stop.
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
