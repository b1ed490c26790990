package io.ringtap.ping;

/// What became of a request. `sent` = `received` + `elsewhere` + `corrupted` + `errors` + `lost` +
/// `withdrawn`; `unsent` stands beside it, and `late` and `duplicates` are answers over and above.
///
/// @param request the request
/// @param sent probes that the kernel took
/// @param received probes that ended as [PingOutcome.Reply]
/// @param elsewhere probes that ended as [PingOutcome.ReplyFromElsewhere]
/// @param corrupted probes that ended as [PingOutcome.Corrupted]
/// @param errors probes that ended as [PingOutcome.IcmpError]
/// @param lost probes that ended as [PingOutcome.TimedOut]
/// @param withdrawn probes that ended as [PingOutcome.Withdrawn]
/// @param unsent probes that ended as [PingOutcome.NotSent]
/// @param late late replies so far
/// @param duplicates duplicates so far
/// @param rtt round-trip times of the replies in time
/// @param stamp the least exact source among their stamps
public record PingSummary(
    PingRequest request,
    long sent,
    long received,
    long elsewhere,
    long corrupted,
    long errors,
    long lost,
    long withdrawn,
    long unsent,
    long late,
    long duplicates,
    RttStatistics rtt,
    StampSource stamp) {
  /// The part of the decided probes that brought no intact reply in time, 0 to 1: what `ping` calls
  /// packet loss. NaN before any probe was decided.
  public double lossRatio() {
    long decided = sent - withdrawn;
    return decided == 0 ? Double.NaN : (decided - received) / (double) decided;
  }

  /// Whether the target answered at least once.
  public boolean isReachable() {
    return received > 0;
  }
}
