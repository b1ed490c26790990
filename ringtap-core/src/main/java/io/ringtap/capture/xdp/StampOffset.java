package io.ringtap.capture.xdp;

import io.ringtap.linux.Clock;

/// What brings a stamp of the monotonic clock onto the clock of packet stamps, which can be set.
/// One thread uses it.
///
/// It is measured between two looks at the monotonic clock, and kept as long as it lies between
/// them, so that it does not tremble with every measurement: only when the clock is set does it
/// change.
final class StampOffset {
  private static final int TRIES = 5;

  private final Clock clock;
  private long nanos = Long.MIN_VALUE;

  StampOffset(Clock clock) {
    this.clock = clock;
    update();
  }

  /// Measures again.
  void update() {
    long before = Clock.monotonicNanos();
    long epoch = clock.epochNanos();
    long after = Clock.monotonicNanos();
    if (nanos < epoch - after || nanos > epoch - before) {
      measure();
    }
  }

  /// Takes the narrowest of several measurements.
  private void measure() {
    long narrowest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = Clock.monotonicNanos();
      long epoch = clock.epochNanos();
      long width = Clock.monotonicNanos() - before;
      if (width < narrowest) {
        narrowest = width;
        nanos = epoch - before - width / 2;
      }
    }
  }

  /// A stamp of the monotonic clock, in nanoseconds since the epoch.
  long epochNanos(long monotonicNanos) {
    return monotonicNanos + nanos;
  }
}
