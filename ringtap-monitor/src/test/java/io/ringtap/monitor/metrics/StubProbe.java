package io.ringtap.monitor.metrics;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;

/// An outcome as a test says it.
record StubProbe(
    Target target, Outcome outcome, long rttNanos, int icmpType, int icmpCode, int errno)
    implements ProbeView {
  static StubProbe reply(Target target, long rttNanos) {
    return new StubProbe(target, Outcome.REPLY, rttNanos, -1, 0, 0);
  }

  static StubProbe of(Target target, Outcome outcome) {
    return new StubProbe(target, outcome, 0, -1, 0, 0);
  }

  static StubProbe icmpError(Target target, int type, int code) {
    return new StubProbe(target, Outcome.ERROR, 0, type, code, 0);
  }

  static StubProbe refusal(Target target, Outcome outcome, int errno) {
    return new StubProbe(target, outcome, 0, -1, 0, errno);
  }

  @Override
  public long sequence() {
    return 1;
  }

  @Override
  public long epochNanos() {
    return 0;
  }

  @Override
  public int hopLimit() {
    return outcome == Outcome.REPLY ? 64 : 0;
  }
}
