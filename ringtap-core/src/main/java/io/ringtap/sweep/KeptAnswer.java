package io.ringtap.sweep;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import java.lang.foreign.MemorySegment;

/// A copy of an answer, to be kept beyond the call that showed it, and shown again by
/// [SweepAnswer#of].
///
/// @param target that was probed
/// @param port that was probed; 0 if probes have none
/// @param from whom the answer came; the target itself, or for an ICMP error perhaps a router
/// @param type the ICMP type of echo replies and errors; 0 for others
/// @param code the ICMP code of errors; 0 for others
/// @param hopLimit the TTL or hop limit that the answer arrived with
/// @param attempt the number of the probe among those to the target, from 0
/// @param rttNanos [SweepAnswer#UNKNOWN] if the answer carries no send time
/// @param epochNanos when the answer arrived
/// @param stamps where the ends of the round-trip time came from
/// @param packet from its IP header on, as much as was kept of it; empty if it was not copied
public record KeptAnswer(
    SweepAnswer.Kind kind,
    SweepAnswer.Novelty novelty,
    IpAddress target,
    int port,
    IpAddress from,
    int type,
    int code,
    int hopLimit,
    int attempt,
    long rttNanos,
    long epochNanos,
    StampSource stamps,
    MemorySegment packet) {
  /// Checks that the addresses are of one family.
  ///
  /// @throws IllegalArgumentException if they are not
  public KeptAnswer {
    if (target.isIpv6() != from.isIpv6()) {
      throw new IllegalArgumentException(target + " and " + from + " are of two families");
    }
  }
}
