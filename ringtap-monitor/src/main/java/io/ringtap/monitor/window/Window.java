package io.ringtap.monitor.window;

/// What became of one target's probes in a span of time. A probe counts in the window in which its
/// outcome was known, so what all windows add up to is what the metrics count.
///
/// A window that was handed over is not changed any more.
///
/// @param startSeconds when it begins, in seconds since the epoch; a multiple of `seconds`
/// @param seconds how long it is
/// @param counts its outcomes
/// @param rtt round-trip times of its replies in time
/// @param hopLimit the TTL or hop limit that the newest reply arrived with; 0 if unknown
public record Window(
    long startSeconds, int seconds, OutcomeCounts counts, LatencyHistogram rtt, int hopLimit) {
  /// The length of those that are kept first, and of which all others are made.
  public static final int BASE_SECONDS = 10;

  /// When it ends and the next begins, in seconds since the epoch.
  public long endSeconds() {
    return startSeconds + seconds;
  }
}
