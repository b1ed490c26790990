package io.ringtap.ping;

import io.ringtap.ping.engine.probe.ProbeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request that runs without a pinger, for tests of the engine that want to hear of outcomes and
/// summaries as a user does.
public final class RunningPing {
  private final List<Throwable> thrown = new ArrayList<>();
  private final PingRequest request;
  private final @Nullable PingListener listener;
  private final PingProgress progress;
  private final ProbeSeries series;
  private int issued;

  /// @param onEnded hears of the end
  public RunningPing(
      PingRequest request, @Nullable PingListener listener, Consumer<RunningPing> onEnded) {
    this.request = request;
    this.listener = listener;
    ListenerGuard guard = listener == null ? null : new ListenerGuard(listener, thrown::add);
    progress = new PingProgress(request, guard, _ -> onEnded.accept(this));
    series = progress.series();
  }

  /// What the listener has thrown.
  public List<Throwable> thrown() {
    return thrown;
  }

  public PingRequest request() {
    return request;
  }

  public @Nullable PingListener listener() {
    return listener;
  }

  public ProbeSeries series() {
    return series;
  }

  public long timeoutNanos() {
    return request.options().timeout().toNanos();
  }

  /// Takes the number of the next probe.
  public int issue() {
    return ++issued;
  }

  /// How many probes have been sent or refused.
  public int issued() {
    return issued;
  }

  /// What is known so far.
  public PingSummary summary() {
    return progress.summary();
  }

  public PingCounts counts() {
    return progress.summary().counts();
  }
}
