package io.ringtap.fleet.job;

import java.time.Duration;

/// A clock that stands still while there is no contact with the broker. By it, nobody is silent
/// whom one could not have heard. Any thread may call it.
public final class ContactClock {
  /// From one contact to the next, the most that counts.
  private static final long LONGEST_NANOS = Duration.ofSeconds(3).toNanos();

  private long latest; // guarded by this
  private long elapsed; // guarded by this
  private boolean hasBegun; // guarded by this

  /// Notes that the broker has answered.
  ///
  /// @param nanos the time, by [System#nanoTime]
  public synchronized void contact(long nanos) {
    if (hasBegun && nanos - latest > 0) {
      elapsed += Math.min(nanos - latest, LONGEST_NANOS);
    }
    latest = hasBegun && latest - nanos > 0 ? latest : nanos;
    hasBegun = true;
  }

  /// The time with contact so far, in nanoseconds.
  public synchronized long nanos() {
    return elapsed;
  }
}
