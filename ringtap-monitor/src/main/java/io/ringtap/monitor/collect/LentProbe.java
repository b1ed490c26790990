package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import org.jspecify.annotations.Nullable;

/// The one object that stands for all outcomes in turn. The collector's.
final class LentProbe implements ProbeView {
  private @Nullable Target target;
  private long head;
  private long number;
  private long epochNanos;
  private long rttNanos;

  /// Stands for an outcome of which the target is not known yet.
  void set(long newHead, long newNumber, long newEpochNanos, long newRttNanos) {
    target = null;
    head = newHead;
    number = newNumber;
    epochNanos = newEpochNanos;
    rttNanos = newRttNanos;
  }

  int targetId() {
    return ProbeWords.target(head);
  }

  void target(Target newTarget) {
    target = newTarget;
  }

  void epochNanos(long nanos) {
    epochNanos = nanos;
  }

  @Override
  public Target target() {
    Target known = target;
    if (known == null) {
      throw new IllegalStateException("the probe is not lent any more");
    }
    return known;
  }

  @Override
  public Outcome outcome() {
    return ProbeWords.outcome(head);
  }

  @Override
  public long sequence() {
    return ProbeWords.sequence(number);
  }

  @Override
  public long epochNanos() {
    return epochNanos;
  }

  @Override
  public long rttNanos() {
    return rttNanos;
  }

  @Override
  public int hopLimit() {
    return ProbeWords.hopLimit(head);
  }

  @Override
  public int icmpType() {
    return ProbeWords.icmpType(head);
  }

  @Override
  public int icmpCode() {
    return ProbeWords.icmpCode(number);
  }

  @Override
  public int errno() {
    return ProbeWords.errno(number);
  }
}
