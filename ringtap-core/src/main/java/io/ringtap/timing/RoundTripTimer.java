package io.ringtap.timing;

/// Computes round-trip times from the best pair of stamps that there is, pass by pass. The
/// receiving thread's.
public final class RoundTripTimer {
  /// What a kernel stamp may be ahead of the monotonic clock's reading by.
  private static final long CLOCK_SLACK_NANOS = 1_000_000;

  private final StampClock clock;
  private final long deliveryNanos;
  private long now;
  private long trustedFrom; // what is shown earlier may have been stamped before a step
  private long shown;

  // The latest measurement, kept here because a pair cannot be returned without an allocation.
  private long rttNanos;
  private boolean isArrivalStamped;
  private boolean isDepartureStamped;

  /// @param deliveryNanos how long after its stamp a packet may still be on its way
  public RoundTripTimer(StampClock clock, long deliveryNanos) {
    this.clock = clock;
    this.deliveryNanos = deliveryNanos;
    now = clock.observe();
    trustedFrom = now;
  }

  /// Begins a pass.
  ///
  /// @return the monotonic time
  public long observe() {
    now = clock.observe();
    if (!clock.isTrusted()) {
      trustedFrom = now + deliveryNanos;
    }
    return now;
  }

  /// The monotonic time at which the pass began.
  public long now() {
    return now;
  }

  /// The time at which the pass began, in nanoseconds since the epoch.
  public long epochNow() {
    return clock.epochOf(now);
  }

  /// Time of the youngest packet that was shown, on the monotonic clock.
  public long shownNanos() {
    return shown;
  }

  /// The monotonic time of a departure's stamp; 0 while stamps cannot be trusted.
  public long departure(long stamp) {
    if (!isTrusted()) {
      return 0;
    }
    long departed = clock.monotonicOf(stamp);
    shown = Math.max(shown, departed);
    return departed;
  }

  /// Measures up to `stamp`, 0 for a packet without one.
  ///
  /// @param sentNanos monotonic time just before the send call
  /// @param departedNanos monotonic time of the departure's stamp; 0 if absent
  public void measure(long sentNanos, long departedNanos, long stamp) {
    if (isTrusted() && stamp != 0) {
      long arrived = clock.monotonicOf(stamp);
      shown = Math.max(shown, arrived);
      isArrivalStamped = true;
      isDepartureStamped = departedNanos != 0;
      rttNanos = arrived - (departedNanos != 0 ? departedNanos : sentNanos);
      // Packets may be stamped after the pass began, but not in the future.
      if (rttNanos >= 0 && (arrived <= now || arrived <= clock.now() + CLOCK_SLACK_NANOS)) {
        return;
      }
    }
    isArrivalStamped = false;
    isDepartureStamped = false;
    rttNanos = Math.max(0, clock.now() - sentNanos);
  }

  private boolean isTrusted() {
    return clock.isTrusted() && now >= trustedFrom;
  }

  /// The latest measurement.
  public long rttNanos() {
    return rttNanos;
  }

  /// Whether the latest measurement ends with the kernel's stamp.
  public boolean isArrivalStamped() {
    return isArrivalStamped;
  }

  /// Whether the latest measurement begins with the kernel's stamp.
  public boolean isDepartureStamped() {
    return isDepartureStamped;
  }
}
