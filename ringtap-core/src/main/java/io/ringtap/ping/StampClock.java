package io.ringtap.ping;

import java.util.function.LongSupplier;

/// Brings the kernel's packet stamps, which are on the settable real-time clock, onto the monotonic
/// clock, and notices when the real-time clock is set.
///
/// The two clocks run at the same rate, so their distance is constant until somebody sets the one.
/// [#observe] is called before packets are drained; when the distance has changed, the stamps of
/// that drain may be from before or after and are not [#isTrusted].
final class StampClock {
  /// A change of distance that cannot be an error of reading: the reads lie within it of each
  /// other.
  static final long STEP_NANOS = 50_000;

  private static final int TRIES = 5;

  private final LongSupplier monotonic;
  private final LongSupplier epoch;
  private long distance;
  private boolean trusted = true;
  private boolean first = true;

  /// A clock on the two given ones, in nanoseconds.
  StampClock(LongSupplier monotonic, LongSupplier epoch) {
    this.monotonic = monotonic;
    this.epoch = epoch;
  }

  /// Reads both clocks.
  ///
  /// @return the monotonic time
  long observe() {
    long now = 0;
    trusted = true;
    for (int i = 0; i < TRIES; i++) {
      long before = monotonic.getAsLong();
      long stamp = epoch.getAsLong();
      now = monotonic.getAsLong();
      long read = stamp - (before + (now - before) / 2);
      if (first) {
        distance = read;
        first = now - before > STEP_NANOS;
      }
      if (Math.abs(read - distance) < STEP_NANOS) {
        return now;
      }
      // A pause between the reads looks like a step; only reads close together prove one.
      if (now - before < STEP_NANOS) {
        distance = read;
        trusted = false;
        return now;
      }
    }
    return now;
  }

  /// The monotonic time, read anew.
  long now() {
    return monotonic.getAsLong();
  }

  /// Whether the stamps that are drained after the latest [#observe] can be brought onto the
  /// monotonic clock.
  boolean isTrusted() {
    return trusted;
  }

  /// A stamp's time on the monotonic clock.
  long monotonicOf(long epochNanos) {
    return epochNanos - distance;
  }

  /// A monotonic time in nanoseconds since the epoch.
  long epochOf(long monotonicNanos) {
    return monotonicNanos + distance;
  }
}
