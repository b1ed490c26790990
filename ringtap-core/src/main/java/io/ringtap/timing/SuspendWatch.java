package io.ringtap.timing;

import java.util.function.LongSupplier;

/// Notices that the machine was suspended: the monotonic clock stands still meanwhile, the
/// boot-time clock does not (`clock_gettime(2)`).
public final class SuspendWatch {
  /// A difference that no pause between two readings of the clocks reaches twice.
  private static final long SUSPENDED_NANOS = 100_000_000;

  private final LongSupplier monotonic;
  private final LongSupplier sinceBoot;
  private long distance;

  /// A watch of the two clocks, in nanoseconds.
  public SuspendWatch(LongSupplier monotonic, LongSupplier sinceBoot) {
    this.monotonic = monotonic;
    this.sinceBoot = sinceBoot;
    distance = distance();
  }

  /// Whether the machine has been suspended since the last call.
  public boolean wasSuspended() {
    long read = distance();
    if (read - distance > SUSPENDED_NANOS) {
      read = Math.min(read, distance()); // a pause between the readings looks like it, once
    }
    boolean wasSuspended = read - distance > SUSPENDED_NANOS;
    if (wasSuspended) {
      distance = read;
    }
    return wasSuspended;
  }

  private long distance() {
    long now = monotonic.getAsLong();
    return sinceBoot.getAsLong() - now;
  }
}
