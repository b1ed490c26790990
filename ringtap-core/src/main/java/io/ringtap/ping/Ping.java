package io.ringtap.ping;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A request that a [Pinger] is carrying out. Its public methods may be called from any thread.
public final class Ping {
  private final PingRequest request;
  private final Pinger pinger;
  private final @Nullable PingListener listener;
  private final @Nullable Sweep sweep;
  private final CompletableFuture<PingSummary> summary = new CompletableFuture<>();
  private volatile boolean withdrawn;

  final long intervalNanos;
  final long timeoutNanos;

  /// What the receiving thread knows of the request; its alone.
  final PingTally tally = new PingTally();

  // The sending thread's alone, but for the first two, which it sets before the first probe.
  int index;
  long startedNanos;
  long dueNanos;
  int issued; // probes handed out so far
  boolean isWaiting; // whether it is on the wheel, not in the queue of the ready
  boolean isSealed; // whether it sends no more, and the receiver has been told

  Ping(Pinger pinger, PingRequest request, @Nullable PingListener listener, @Nullable Sweep sweep) {
    this.pinger = pinger;
    this.request = request;
    this.listener = listener;
    this.sweep = sweep;
    intervalNanos = request.options().interval().toNanos();
    timeoutNanos = request.options().timeout().toNanos();
  }

  public PingRequest request() {
    return request;
  }

  /// Completes when the request has ended, on the pinger's receiving thread, and never
  /// exceptionally.
  public CompletableFuture<PingSummary> summary() {
    return summary;
  }

  /// Sends no more probes. The request ends when those in flight are decided.
  public void stop() {
    pinger.requestStop(this);
  }

  /// Ends the request at once. Its probes in flight end as [PingOutcome.Withdrawn].
  public void withdraw() {
    markWithdrawn();
    pinger.requestStop(this);
  }

  void markWithdrawn() {
    withdrawn = true;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  @Nullable PingListener listener() {
    return listener;
  }

  @Nullable Sweep sweep() {
    return sweep;
  }

  boolean isIpv6() {
    return request.target().isIpv6();
  }
}
