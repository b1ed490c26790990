package io.ringtap.system.monitor.page;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import java.util.concurrent.TimeUnit;

/// A probe that has ended just now.
record MadeProbe(Target target, Outcome outcome, long rttNanos) implements ProbeView {
  @Override
  public long sequence() {
    return 1;
  }

  @Override
  public long epochNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  @Override
  public int hopLimit() {
    return 57;
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
