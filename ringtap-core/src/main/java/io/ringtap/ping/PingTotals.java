package io.ringtap.ping;

/// The counts of many requests together, as [PingSummary] defines them.
///
/// @param requests requests that ended
/// @param reachable those of them that had a reply
public record PingTotals(
    long requests,
    long reachable,
    long sent,
    long received,
    long elsewhere,
    long corrupted,
    long errors,
    long lost,
    long withdrawn,
    long unsent,
    long late,
    long duplicates) {
  static final PingTotals NONE = new PingTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
