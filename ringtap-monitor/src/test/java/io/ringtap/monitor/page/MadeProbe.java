package io.ringtap.monitor.page;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;

/// A probe that has ended, at no time in particular.
record MadeProbe(Target target, Outcome outcome, long rttNanos) implements ProbeView {
  static final long AT = 1_700_000_000_000_000_000L;

  @Override
  public long sequence() {
    return 1;
  }

  @Override
  public long epochNanos() {
    return AT;
  }

  @Override
  public int hopLimit() {
    return 64;
  }

  @Override
  public int icmpType() {
    return -1;
  }

  @Override
  public int icmpCode() {
    return 0;
  }

  @Override
  public int errno() {
    return 0;
  }
}
