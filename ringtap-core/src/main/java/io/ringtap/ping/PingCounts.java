package io.ringtap.ping;

/// What became of probes, counted in 64 bits. `sent` = `received` + `elsewhere` + `corrupted` +
/// `errors` + `lost` + `dropped` + `withdrawn`; `unsent` stands beside it, `late`, `lateErrors`,
/// `duplicates` and `further` are answers over and above, `notices` decide nothing, and
/// `departuresUnseen` is a part of `sent`.
///
/// @param sent probes that the kernel took
/// @param received probes that ended as [PingOutcome.Reply]
/// @param elsewhere probes that ended as [PingOutcome.ReplyFromElsewhere]
/// @param corrupted probes that ended as [PingOutcome.Corrupted]
/// @param errors probes that ended as [PingOutcome.IcmpError]
/// @param lost probes that ended as [PingOutcome.TimedOut]
/// @param withdrawn probes that ended as [PingOutcome.Withdrawn]
/// @param unsent probes that ended as [PingOutcome.NotSent] or [PingOutcome.Unroutable]
/// @param late late replies so far
/// @param lateErrors late ICMP errors so far
/// @param duplicates duplicates so far
/// @param departuresUnseen probes that were answered or timed out and whose departure was not seen;
///   0 where departures cannot be seen at all
/// @param further answers that came as [PingOutcome.FurtherReply] so far
/// @param dropped probes that ended as [PingOutcome.Dropped]
/// @param notices redirects and source quenches, which came as [PingOutcome.Notice], so far
public record PingCounts(
    long sent,
    long received,
    long elsewhere,
    long corrupted,
    long errors,
    long lost,
    long withdrawn,
    long unsent,
    long late,
    long lateErrors,
    long duplicates,
    long departuresUnseen,
    long further,
    long dropped,
    long notices) {
  /// Before anything was sent.
  public static final PingCounts NONE = new PingCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// These and others together.
  public PingCounts plus(PingCounts others) {
    return new PingCounts(
        sent + others.sent,
        received + others.received,
        elsewhere + others.elsewhere,
        corrupted + others.corrupted,
        errors + others.errors,
        lost + others.lost,
        withdrawn + others.withdrawn,
        unsent + others.unsent,
        late + others.late,
        lateErrors + others.lateErrors,
        duplicates + others.duplicates,
        departuresUnseen + others.departuresUnseen,
        further + others.further,
        dropped + others.dropped,
        notices + others.notices);
  }

  /// The part of the decided probes that brought no intact reply in time, 0 to 1: what `ping` calls
  /// packet loss. Those whose answers this machine dropped do not count. NaN before any probe was
  /// decided.
  public double lossRatio() {
    long decided = sent - withdrawn - dropped;
    return decided == 0 ? Double.NaN : (decided - received) / (double) decided;
  }
}
