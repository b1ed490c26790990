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

  /// These, and one more request that has ended.
  PingTotals plus(PingTally tally) {
    return new PingTotals(
        requests + 1,
        reachable + (tally.received > 0 ? 1 : 0),
        sent + tally.sent,
        received + tally.received,
        elsewhere + tally.elsewhere,
        corrupted + tally.corrupted,
        errors + tally.errors,
        lost + tally.lost,
        withdrawn + tally.withdrawn,
        unsent + tally.unsent,
        late + tally.late,
        duplicates + tally.duplicates);
  }
}
