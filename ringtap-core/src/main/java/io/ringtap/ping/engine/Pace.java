package io.ringtap.ping.engine;

/// How fast probes may leave, and how punctually.
///
/// @param rate probes a second at the most; 0 for no limit
/// @param slackNanos how late a probe may leave, and an answer be read, so that one wake-up serves
///   many; 0 for at once
public record Pace(double rate, long slackNanos) {
  /// As fast as can be, and at once.
  public static final Pace UNLIMITED = new Pace(0, 0);
}
