package io.ringtap.ping;

import io.ringtap.ping.WatchedOutcome.Kind;
import io.ringtap.ping.engine.probe.Answer;
import io.ringtap.ping.engine.probe.ProbeSeries;

/// A request that is watched: passes on what the engine reports of its probes. The receiving
/// thread's.
final class WatchedProbes implements ProbeSeries.Listener {
  private final PingRequest request;
  private final ProbeWatcher watcher;
  private final WatchedOutcome outcome;
  private final Ping<Long> ping;
  private long sent;
  private boolean hasThrown;

  /// @param outcome what is lent, which all requests of a pinger share
  WatchedProbes(
      PingRequest request, ProbeWatcher watcher, WatchedOutcome outcome, Ping<Long> ping) {
    this.request = request;
    this.watcher = watcher;
    this.outcome = outcome;
    this.ping = ping;
  }

  /// The probes that the request asks for, of which this hears.
  ProbeSeries series() {
    return request.series(this);
  }

  private void pass(Kind kind, Answer answer) {
    if (!hasThrown) {
      pass(outcome.set(kind, answer));
    }
  }

  private void pass(Kind kind, long sequence, int errno, long epochNanos) {
    if (!hasThrown) {
      pass(outcome.set(kind, sequence, errno, epochNanos));
    }
  }

  private void pass(WatchedOutcome lent) {
    try {
      watcher.onOutcome(lent);
    } catch (Throwable thrown) { // Kotlin and Scala do not check exceptions
      hasThrown = true;
      ping.fail(thrown);
    }
  }

  @Override
  public void onSent() {
    sent++;
  }

  @Override
  public void onNotSent(long sequence, int errno, long epochNanos) {
    pass(Kind.NOT_SENT, sequence, errno, epochNanos);
  }

  @Override
  public void onReply(Answer answer) {
    pass(Kind.REPLY, answer);
  }

  @Override
  public void onReplyFromElsewhere(Answer answer) {
    pass(Kind.ELSEWHERE, answer);
  }

  @Override
  public void onDamaged(Answer answer) {
    pass(Kind.CORRUPTED, answer);
  }

  @Override
  public void onIcmpError(Answer answer) {
    pass(Kind.ICMP_ERROR, answer);
  }

  @Override
  public void onTimeout(long sequence, boolean departed, long epochNanos) {
    pass(Kind.TIMED_OUT, sequence, 0, epochNanos);
  }

  @Override
  public void onDropped(long sequence, boolean departed, long epochNanos) {
    pass(Kind.DROPPED, sequence, 0, epochNanos);
  }

  @Override
  public void onWithdrawn(long sequence, long epochNanos) {
    pass(Kind.WITHDRAWN, sequence, 0, epochNanos);
  }

  @Override
  public void onLateReply(Answer answer) {
    pass(Kind.LATE_REPLY, answer);
  }

  @Override
  public void onLateError(Answer answer) {
    pass(Kind.LATE_ERROR, answer);
  }

  @Override
  public void onNotice(Answer answer) {
    pass(Kind.NOTICE, answer);
  }

  @Override
  public void onFurtherReply(Answer answer) {
    pass(Kind.FURTHER_REPLY, answer);
  }

  @Override
  public void onDuplicate(Answer answer) {
    pass(Kind.DUPLICATE, answer);
  }

  @Override
  public void onEnd() {
    ping.end(sent);
  }
}
