package io.ringtap.ping;

/// What became of a request.
///
/// @param request the request
/// @param counts its probes and answers
/// @param rtt round-trip times of the replies in time
/// @param stamp the least exact source among their stamps
public record PingSummary(
    PingRequest request, PingCounts counts, RttStatistics rtt, StampSource stamp) {
  /// A request of which no probe was sent, and none will be.
  static PingSummary ofUnsent(PingRequest request) {
    return new PingSummary(request, PingCounts.NONE, RttStatistics.NONE, StampSource.KERNEL);
  }

  /// Whether the target answered at least once.
  public boolean isReachable() {
    return counts.received() > 0;
  }
}
