package io.ringtap.ping;

/// What became of many requests together.
///
/// @param requests requests that ended
/// @param reachable those of them that had a reply
/// @param counts the probes and answers of all
public record PingTotals(long requests, long reachable, PingCounts counts) {
  /// Before any request has ended.
  public static final PingTotals NONE = new PingTotals(0, 0, PingCounts.NONE);

  /// These, and one more request that has ended.
  public PingTotals plus(PingSummary summary) {
    return new PingTotals(
        requests + 1, reachable + (summary.isReachable() ? 1 : 0), counts.plus(summary.counts()));
  }
}
