package io.ringtap.ping;

import io.ringtap.ping.engine.Engine;
import io.ringtap.ping.engine.probe.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a [Pinger] has been asked for and is carrying out: a future of its result, and the means to
/// end it before. Any thread may call all methods.
///
/// **Threads.** The future completes, and what depends on it runs, on the
/// [executor][PingerOptions#executor] of the pinger: by default a virtual thread for each future,
/// never one of the pinger's own threads. So what depends on it (`thenApply`, `whenComplete` and
/// the like) may block, ping again and wait for that, and close the pinger.
///
/// **Completing it from outside.** However the future is completed before its result has come, its
/// probes in flight are withdrawn, no more are sent, and the pinger has their room again: by
/// [#cancel], by [#complete] and [#completeExceptionally], and so also by `orTimeout` and
/// `completeOnTimeout`. Futures that are derived from this one (`thenApply`, `copy`) are plain:
/// completing those does not end it.
///
/// **Failure.** If an error in this library ends one of the pinger's threads, the pinger is closed
/// and all its futures fail with an [IllegalStateException] that has the error as its cause.
///
/// @param <T> the result: a [PingSummary], or what many come to
public final class Ping<T> extends CompletableFuture<T> {
  private static final System.Logger LOG = System.getLogger("io.ringtap.ping");

  static final String FAILED = "the pinger has failed, and is closed";

  private final Engine engine;
  private final Completions completions;
  private final Work work;

  /// Whether its result, or why there is none, is on its way.
  private final AtomicBoolean isDecided = new AtomicBoolean();

  /// @param work makes what is carried out, which [ends][#end] this or [fails][#fail] it
  Ping(Engine engine, Completions completions, Function<? super Ping<T>, ? extends Work> work) {
    this.engine = engine;
    this.completions = completions;
    this.work = work.apply(this);
  }

  /// Begins it, unless there is no room for it: then it is false.
  boolean begin() {
    return engine.begin(work);
  }

  /// It has come to a result, which is worth nothing if the engine has failed.
  void end(T result) {
    if (!isDecided.compareAndSet(false, true)) {
      return;
    }
    Throwable failure = engine.failure();
    if (failure == null) {
      completions.run(this, () -> super.complete(result));
    } else {
      IllegalStateException told = new IllegalStateException(FAILED, failure);
      completions.run(this, () -> super.completeExceptionally(told));
    }
  }

  /// The iterator or the listener has thrown: it ends at once, without a result.
  void fail(Throwable thrown) {
    if (isDecided.compareAndSet(false, true)) {
      engine.stop(work, true);
      completions.run(this, () -> super.completeExceptionally(thrown));
    } else {
      LOG.log(System.Logger.Level.WARNING, "thrown after the request had ended", thrown);
    }
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
    decideFromOutside();
    return super.cancel(mayInterruptIfRunning);
  }

  /// Ends at once, as [#withdraw] does, with this result instead of its own.
  @Override
  public boolean complete(T value) {
    decideFromOutside();
    return super.complete(value);
  }

  /// Ends at once, as [#withdraw] does, with an exception instead of its result.
  @Override
  public boolean completeExceptionally(Throwable exception) {
    decideFromOutside();
    return super.completeExceptionally(exception);
  }

  /// Ends at once, as [#withdraw] does, when `supplier` has a result or throws.
  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    CompletableFuture<?> _ =
        CompletableFuture.<T>supplyAsync(supplier::get, executor)
            .handle((value, thrown) ->
                thrown == null ? complete(value) : completeExceptionally(thrown));
    return this;
  }

  /// Ends at once, as [#withdraw] does, with this result whatever came before.
  @Override
  public void obtrudeValue(T value) {
    decideFromOutside();
    super.obtrudeValue(value);
  }

  /// Ends at once, as [#withdraw] does, with this exception whatever came before.
  @Override
  public void obtrudeException(Throwable exception) {
    decideFromOutside();
    super.obtrudeException(exception);
  }

  /// Ends the work, whose own result is not wanted any more; unless it is on its way already. To be
  /// called before the future completes, as what depends on it may block.
  private void decideFromOutside() {
    if (isDecided.compareAndSet(false, true)) {
      engine.stop(work, true);
    }
  }

  /// Futures that depend on this one are plain: they have nothing to stop.
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
