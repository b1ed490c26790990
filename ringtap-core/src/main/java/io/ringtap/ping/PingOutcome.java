package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;

/// What became of a probe. Each probe ends as exactly one of the outcomes of [Terminal]; a
/// [LateReply] or a [Duplicate] may be reported after that, even after the request has ended.
///
/// `sequence` is the probe's number within its request, from 1. `epochNanos` is when it was known,
/// in nanoseconds since the epoch: the kernel's receive stamp where a packet brought it.
public sealed interface PingOutcome {
  /// The number of the probe in its request, from 1.
  int sequence();

  /// When it became known, in nanoseconds since the Unix epoch.
  long epochNanos();

  /// The outcomes as which a probe can end.
  sealed interface Terminal extends PingOutcome {}

  /// An intact reply from the target, in time.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param rttNanos round-trip time in nanoseconds
  /// @param hopLimit TTL or hop limit that the reply arrived with
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Reply(int sequence, long rttNanos, int hopLimit, StampSource stamp, long epochNanos)
      implements Terminal {}

  /// An intact reply in time, which proves by its cookie that the probe arrived, but not from the
  /// address that was asked: another interface of the host, a translator, or a member of a group.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param from the address that replied
  /// @param rttNanos round-trip time in nanoseconds
  /// @param hopLimit TTL or hop limit that the reply arrived with
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record ReplyFromElsewhere(
      int sequence, IpAddress from, long rttNanos, int hopLimit, StampSource stamp, long epochNanos)
      implements Terminal {}

  /// A reply in time that does not bring back what was sent.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param damage how the reply differs from what was sent
  /// @param rttNanos round-trip time in nanoseconds
  /// @param hopLimit TTL or hop limit that the reply arrived with
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Corrupted(
      int sequence, Damage damage, long rttNanos, int hopLimit, StampSource stamp, long epochNanos)
      implements Terminal {}

  /// A router or the target refused the probe.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param by who says so
  /// @param type ICMP type of RFC 792, or ICMPv6 type of RFC 4443 if the target is an IPv6 address
  /// @param code the type's code
  /// @param rttNanos from the probe's departure to the error's arrival
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record IcmpError(
      int sequence,
      IpAddress by,
      int type,
      int code,
      long rttNanos,
      StampSource stamp,
      long epochNanos)
      implements Terminal {}

  /// Nothing came back in time.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param waitedNanos how long the probe was waited for, in nanoseconds
  /// @param departed whether the probe was seen to leave. False says that this machine lost it (a
  ///   full queue, a neighbour that does not resolve); where departures cannot be seen it is always
  ///   true
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record TimedOut(int sequence, long waitedNanos, boolean departed, long epochNanos)
      implements Terminal {}

  /// The kernel did not take the probe. This is never network loss.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param errno why the send call failed
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record NotSent(int sequence, Errno errno, long epochNanos) implements Terminal {}

  /// The request was withdrawn, or the pinger closed, while the probe was in flight.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Withdrawn(int sequence, long epochNanos) implements Terminal {}

  /// A reply after the probe had ended in another way than by a reply.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param rttNanos round-trip time in nanoseconds
  /// @param hopLimit TTL or hop limit that the reply arrived with
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record LateReply(int sequence, long rttNanos, int hopLimit, StampSource stamp, long epochNanos)
      implements PingOutcome {}

  /// One more reply to a probe that already had one.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param from the address that replied
  /// @param rttNanos round-trip time in nanoseconds
  /// @param hopLimit TTL or hop limit that the reply arrived with
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Duplicate(
      int sequence, IpAddress from, long rttNanos, int hopLimit, StampSource stamp, long epochNanos)
      implements PingOutcome {}

  /// How a reply differs from what was sent.
  enum Damage {
    /// The ICMP checksum is wrong.
    CHECKSUM,
    /// The checksum is right and the payload is not ours.
    PAYLOAD,
    /// Bytes are missing.
    TRUNCATED
  }
}
