package io.ringtap.ping.engine.probe;

/// When the probes of a series are sent, and how long each is waited for. Times are nanoseconds.
///
/// The probes of a series are either independent, an interval apart, or tries at one answer: then
/// each is sent when the one before it has not been answered in time, and waited for longer than
/// that, and the first reply ends the series.
///
/// @param count probes to send; 0 goes on until the series is stopped
/// @param intervalNanos from one probe to the next, if they are independent
/// @param timeoutNanos how long after its departure a reply still counts as in time; of tries, to
///   the first
/// @param startDelayNanos from the submission of the series to its first probe
/// @param backoff 0 if the probes are independent; else what the timeout is multiplied by from one
///   try to the next, 1 or more
public record ProbeSchedule(
    long count, long intervalNanos, long timeoutNanos, long startDelayNanos, double backoff) {
  /// The longest timeout, beyond which none grows.
  public static final long MAX_TIMEOUT_NANOS = 3_600_000_000_000L;

  /// Whether the probes are tries at one answer.
  public boolean hasTries() {
    return backoff > 0;
  }

  /// How long the probe with a number, from 1, is waited for.
  public long timeoutNanos(long sequence) {
    return hasTries()
        ? (long) Math.min(MAX_TIMEOUT_NANOS, timeoutNanos * Math.pow(backoff, sequence - 1.0))
        : timeoutNanos;
  }
}
