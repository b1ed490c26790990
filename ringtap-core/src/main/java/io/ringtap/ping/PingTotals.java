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
  /// Before any request has ended.
  public static final PingTotals NONE = new PingTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// These, and one more request that has ended.
  public PingTotals plus(PingSummary summary) {
    return new PingTotals(
        requests + 1,
        reachable + (summary.isReachable() ? 1 : 0),
        sent + summary.sent(),
        received + summary.received(),
        elsewhere + summary.elsewhere(),
        corrupted + summary.corrupted(),
        errors + summary.errors(),
        lost + summary.lost(),
        withdrawn + summary.withdrawn(),
        unsent + summary.unsent(),
        late + summary.late(),
        duplicates + summary.duplicates());
  }
}
