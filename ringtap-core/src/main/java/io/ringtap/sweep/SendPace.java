package io.ringtap.sweep;

import io.ringtap.send.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// When the next probe may leave: the integral of a rate that rises in a straight line and then
/// stays. One thread uses it.
///
/// What could not be sent in time is sent later, but no more of it than belongs to ten
/// milliseconds, so that no pause ends in a burst.
final class SendPace {
  private static final double CATCH_UP_NANOS = 10_000_000;

  private final double perNano; // packets or bits; 0 for no limit
  private final boolean countsBits;
  private final double rampNanos;
  private final long start;
  private long counted; // the time up to which credit has been given
  private double credit; // packets or bits that may be sent

  /// @param nowNanos when the rate begins to rise
  SendPace(Pace pace, Duration rampUp, long nowNanos) {
    double perSecond =
        switch (pace) {
          case Pace.Packets packets -> packets.perSecond();
          case Pace.Bits bits -> bits.perSecond();
          case Pace.Unlimited _ -> 0;
          case Pace.Recorded _ -> throw new IllegalArgumentException("a recorded pace");
        };
    perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    countsBits = pace instanceof Pace.Bits;
    rampNanos = rampUp.toNanos();
    start = nowNanos;
    counted = nowNanos;
    credit = 1; // the first leaves at once
  }

  /// The rate at a time, in packets or bits a nanosecond.
  private double rate(long nanos) {
    double age = nanos - start;
    return age >= rampNanos ? perNano : perNano * age / rampNanos;
  }

  /// Gives credit for the time that has passed.
  void advance(long nowNanos) {
    if (perNano == 0 || nowNanos <= counted) {
      return;
    }
    double rampedUntil = Math.min(nowNanos, Math.max(counted, start + (long) rampNanos));
    double earned =
        (rate(counted) + rate((long) rampedUntil)) / 2 * (rampedUntil - counted)
            + perNano * (nowNanos - rampedUntil);
    counted = nowNanos;
    credit = Math.min(credit + earned, Math.max(1, rate(nowNanos) * CATCH_UP_NANOS) + 1);
  }

  /// Whether a probe may leave.
  boolean isDue() {
    return perNano == 0 || credit > 0;
  }

  /// Takes a probe's share.
  ///
  /// @param bytes of its frame
  void take(int bytes) {
    if (perNano != 0) {
      credit -= countsBits ? bytes * (double) Byte.SIZE : 1;
    }
  }

  /// How long until the next probe may leave.
  long waitNanos() {
    if (isDue()) {
      return 0;
    }
    double now = rate(counted);
    double ahead = now > 0 ? -credit / now : Math.sqrt(2 * -credit * rampNanos / perNano);
    return (long) Math.ceil(ahead);
  }
}
