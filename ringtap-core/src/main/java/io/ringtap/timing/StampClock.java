package io.ringtap.timing;

import java.util.function.LongSupplier;

/// Brings the kernel's packet stamps, which are on the settable real-time clock, onto the monotonic
/// clock, and notices when the real-time clock is set.
///
/// The two clocks run at the same rate, so their distance is constant until somebody sets the one.
/// [#observe] is called before packets are drained; when the distance has changed, the stamps of
/// that drain may be from before or after and are not [#isTrusted].
public final class StampClock {
  /// A change of distance that no error of reading reaches.
  public static final long STEP_NANOS = 50_000;

  /// How close together the reads must lie that prove a step: a pause between them looks like one.
  private static final long PROOF_NANOS = 10_000;

  private static final int TRIES = 5;
  private static final int FIRST_TRIES = 16;

  private final LongSupplier monotonic;
  private final LongSupplier epoch;
  private long distance;
  private boolean trusted = true;
  private boolean isSet; // whether the distance has been read at all

  /// A clock on the two given ones, in nanoseconds.
  public StampClock(LongSupplier monotonic, LongSupplier epoch) {
    this.monotonic = monotonic;
    this.epoch = epoch;
  }

  /// Reads both clocks.
  ///
  /// @return the monotonic time
  public long observe() {
    if (!isSet) {
      set();
    }
    long now = 0;
    trusted = true;
    for (int i = 0; i < TRIES; i++) {
      long before = monotonic.getAsLong();
      long stamp = epoch.getAsLong();
      now = monotonic.getAsLong();
      long read = distance(before, stamp, now);
      if (Math.abs(read - distance) < STEP_NANOS) {
        return now;
      }
      if (now - before < PROOF_NANOS) {
        distance = read;
        trusted = false;
        return now;
      }
    }
    return now;
  }

  /// Takes the distance from the closest of several reads, for the first ones may wait for code to
  /// be loaded.
  private void set() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < FIRST_TRIES; i++) {
      long before = monotonic.getAsLong();
      long stamp = epoch.getAsLong();
      long after = monotonic.getAsLong();
      if (after - before < least) {
        least = after - before;
        distance = distance(before, stamp, after);
      }
    }
    isSet = true;
  }

  private static long distance(long before, long stamp, long after) {
    return stamp - (before + (after - before) / 2);
  }

  /// The monotonic time, read anew.
  public long now() {
    return monotonic.getAsLong();
  }

  /// Whether the stamps that are drained after the latest [#observe] can be brought onto the
  /// monotonic clock.
  public boolean isTrusted() {
    return trusted;
  }

  /// A stamp's time on the monotonic clock.
  public long monotonicOf(long epochNanos) {
    return epochNanos - distance;
  }

  /// A monotonic time in nanoseconds since the epoch.
  public long epochOf(long monotonicNanos) {
    return monotonicNanos + distance;
  }
}
