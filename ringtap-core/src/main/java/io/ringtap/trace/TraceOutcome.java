package io.ringtap.trace;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one probe. Every probe ends as exactly one of these.
public sealed interface TraceOutcome {
  /// Which probe.
  ///
  /// @param round from 0
  /// @param path which of the flows, from 0
  record Probe(IpAddress target, int hopLimit, int path, int round) {}

  Probe probe();

  /// A router or the destination has answered.
  ///
  /// @param isDestination whether it was the destination
  /// @param error the ICMP error; null if the destination has answered with an echo reply or a TCP
  ///   segment
  /// @param replyHopLimit that the answer came with
  /// @param stamp where the two ends of the time came from
  record Answer(
      Probe probe,
      IpAddress from,
      boolean isDestination,
      @Nullable IcmpError error,
      int replyHopLimit,
      long rttNanos,
      StampSource stamp)
      implements TraceOutcome {}

  /// Nobody has answered in time.
  record TimedOut(Probe probe) implements TraceOutcome {}

  /// Nothing was read in time, and meanwhile this machine had no room for so many answers that this
  /// one may be among them. Not the network's loss.
  record Dropped(Probe probe) implements TraceOutcome {}

  /// The kernel did not take the probe.
  record NotSent(Probe probe, Errno errno) implements TraceOutcome {}

  /// In flight when the trace was ended.
  record Withdrawn(Probe probe) implements TraceOutcome {}

  /// An ICMP error, and what it shows of the probe as it was there.
  ///
  /// @param type of ICMP or ICMPv6
  /// @param mtu of the next link, if the error reports one, else 0
  /// @param labels the MPLS label stack with which the probe came to the router
  /// @param hopLimit of the probe when the router judged it: 1 is usual
  /// @param trafficClass of the probe there
  /// @param rewrittenSource its source address there, if somebody has changed it, else null
  /// @param rewrittenFlow its source port or identifier there, if somebody has changed it, else -1
  /// @param isChecksumRewritten whether its checksum was another than we had sent
  record IcmpError(
      int type,
      int code,
      int mtu,
      List<MplsLabel> labels,
      int hopLimit,
      int trafficClass,
      @Nullable IpAddress rewrittenSource,
      int rewrittenFlow,
      boolean isChecksumRewritten) {}
}
