package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What became of a probe. Each probe ends as exactly one of the outcomes of [Terminal]; a
/// [LateReply], a [LateError] or a [Duplicate] may be reported after that, even after the request
/// has ended.
///
/// A loss on this machine is never one of the network: a probe that the kernel did not take is
/// [NotSent], or [Unroutable] where the routes of this machine refuse it, and one whose answer it
/// had no room for is [Dropped].
public sealed interface PingOutcome {
  /// The number of the probe in its request, from 1. It does not wrap, as `icmp_seq` on the wire
  /// does.
  long sequence();

  /// When the outcome became known, in nanoseconds since the Unix epoch: the kernel's receive stamp
  /// where a packet brought it.
  long epochNanos();

  /// The outcomes as which a probe can end.
  sealed interface Terminal extends PingOutcome {}

  /// The outcomes that an arriving packet brings.
  sealed interface Answered extends PingOutcome {
    /// The packet's arrival.
    Arrival arrival();

    /// The address that the packet came from.
    default IpAddress from() {
      return arrival().from();
    }

    /// From the probe's departure to the packet's arrival, in nanoseconds.
    default long rttNanos() {
      return arrival().rttNanos();
    }

    /// TTL or hop limit that the packet arrived with; 0 if unknown.
    default int hopLimit() {
      return arrival().hopLimit();
    }

    /// TOS or traffic class that the packet arrived with; -1 if unknown.
    default int trafficClass() {
      return arrival().trafficClass();
    }

    /// Where the two ends of the round-trip time came from.
    default StampSource stamp() {
      return arrival().stamp();
    }

    @Override
    default long epochNanos() {
      return arrival().epochNanos();
    }
  }

  /// ICMP messages that quote the probe, in time or late.
  sealed interface Refusal extends Answered {
    /// ICMP type of RFC 792, or ICMPv6 type of RFC 4443 if the target is an IPv6 address.
    int type();

    /// The type's code.
    int code();

    /// The MTU in bytes of the link that the probe did not fit, as "fragmentation needed" (RFC 1191
    /// §4) and "packet too big" (RFC 4443 §3.2) report it; 0 if the error reports none.
    int mtu();
  }

  /// How and when a packet came back.
  ///
  /// @param from the address that it came from
  /// @param rttNanos from the probe's departure to its arrival, in nanoseconds
  /// @param hopLimit TTL or hop limit that it arrived with; 0 if unknown
  /// @param trafficClass TOS or traffic class that it arrived with; -1 if unknown
  /// @param stamp where the two ends of the round-trip time came from
  /// @param epochNanos when it arrived, in nanoseconds since the epoch
  /// @param timestamps the times in it, if it is the reply to a [timestamp
  ///   request][PingOptions#withTimestampRequest]; else null
  /// @param recorded what its header has [recorded][PingOptions#withRecording] of the way there and
  ///   back
  record Arrival(
      IpAddress from,
      long rttNanos,
      int hopLimit,
      int trafficClass,
      StampSource stamp,
      long epochNanos,
      @Nullable Timestamps timestamps,
      HopRecord recorded) {
    /// One of unknown traffic class, of no timestamp reply, and without a record.
    public Arrival(
        IpAddress from, long rttNanos, int hopLimit, StampSource stamp, long epochNanos) {
      this(from, rttNanos, hopLimit, -1, stamp, epochNanos, null, HopRecord.NONE);
    }
  }

  /// The times in an ICMP timestamp reply (RFC 792), in milliseconds since midnight UT. A host
  /// whose clock does not tell that sets the highest bit: such a time is negative here.
  ///
  /// @param originate when this host sent the request, by its clock
  /// @param receive when the other host got it, by its clock
  /// @param transmit when the other host sent the reply, by its clock
  record Timestamps(int originate, int receive, int transmit) {}

  /// An intact reply in time, from the target, from a member of the group if the target is a
  /// multicast or broadcast address, or from anywhere if the target is `0.0.0.0` or `::` or if the
  /// request takes [any source][PingOptions#withAnySource].
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param arrival the reply's arrival
  record Reply(long sequence, Arrival arrival) implements Terminal, Answered {}

  /// An intact reply in time, which proves by its cookie that the probe arrived, but not from the
  /// address that was asked: another interface of the host, or a translator.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param arrival the reply's arrival
  record ReplyFromElsewhere(long sequence, Arrival arrival) implements Terminal, Answered {}

  /// A reply in time that does not bring back what was sent.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param damage how the reply differs from what was sent
  /// @param payloadBytes what came back after the ICMP header
  /// @param arrival the reply's arrival
  record Corrupted(long sequence, Damage damage, int payloadBytes, Arrival arrival)
      implements Terminal, Answered {}

  /// A router or the target refused the probe, in time.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param type ICMP or ICMPv6 type
  /// @param code the type's code
  /// @param mtu the MTU that the error reports, in bytes; 0 for none
  /// @param arrival the error's arrival
  record IcmpError(long sequence, int type, int code, int mtu, Arrival arrival)
      implements Terminal, Refusal {}

  /// Nothing came back in time.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param waitedNanos how long the probe was waited for, in nanoseconds
  /// @param departed whether the probe's departure was seen. False proves nothing: the tap that
  ///   sees departures may miss one, and some ways out do not pass it (offload, segment routing),
  ///   but a full queue or an unresolved neighbour looks the same. Always true where departures
  ///   cannot be seen
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record TimedOut(long sequence, long waitedNanos, boolean departed, long epochNanos)
      implements Terminal {}

  /// Nothing was read in time, and meanwhile this machine had no room for so many answers to this
  /// pinger that the probe's may be among them. This is never network loss.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param waitedNanos how long the probe was waited for, in nanoseconds
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Dropped(long sequence, long waitedNanos, long epochNanos) implements Terminal {}

  /// The kernel did not take the probe. This is never network loss.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param errno why the send call failed: `EMSGSIZE` if it is larger than the [path
  ///   MTU][PingOptions#withPathMtu] allows, `EACCES` if the target is a broadcast address and
  ///   [these][PingOptions#withBroadcast] are not allowed
  /// @param mtu with `EMSGSIZE` the path MTU in bytes, as the kernel knows it by then; 0 with other
  ///   errors, and if nothing could be found out
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record NotSent(long sequence, Errno errno, int mtu, long epochNanos) implements Terminal {}

  /// The routes of this machine do not let the probe go: there is none to the target, or it is of
  /// the type unreachable, blackhole or prohibit (`ip-route(8)`). This is the network's state, as
  /// when the first router refuses, and no failure of the pinger.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param errno how the kernel says it: `ENETUNREACH` or `EHOSTUNREACH`, `EINVAL` for a blackhole
  ///   route, `EACCES` for a prohibit route
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Unroutable(long sequence, Errno errno, long epochNanos) implements Terminal {}

  /// The request was withdrawn, or the pinger closed, while the probe was in flight.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param epochNanos when it became known, in nanoseconds since the epoch
  record Withdrawn(long sequence, long epochNanos) implements Terminal {}

  /// A reply after the probe had ended in another way than by a reply.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param arrival the reply's arrival
  record LateReply(long sequence, Arrival arrival) implements Answered {}

  /// An ICMP error after the probe had ended without an answer, most often a router that reports
  /// after three seconds that it could not resolve the target's address.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param type ICMP or ICMPv6 type
  /// @param code the type's code
  /// @param mtu the MTU that the error reports, in bytes; 0 for none
  /// @param arrival the error's arrival
  record LateError(long sequence, int type, int code, int mtu, Arrival arrival)
      implements Refusal {}

  /// An ICMP message about the probe that decides nothing, in time or late: a router names a better
  /// first hop (redirect), or asks to send more slowly (source quench).
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param type ICMP type
  /// @param code the type's code
  /// @param arrival the message's arrival
  record Notice(long sequence, int type, int code, Arrival arrival) implements Refusal {
    /// None is reported.
    @Override
    public int mtu() {
      return 0;
    }
  }

  /// The first reply of one more member of the group, if the target is a multicast or broadcast
  /// address.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param arrival the reply's arrival
  record FurtherReply(long sequence, Arrival arrival) implements Answered {}

  /// One more reply to a probe that already had one.
  ///
  /// @param sequence the number of the probe in its request, from 1
  /// @param arrival the reply's arrival
  record Duplicate(long sequence, Arrival arrival) implements Answered {}

  /// How a reply differs from what was sent.
  enum Damage {
    /// The ICMP checksum is wrong.
    CHECKSUM,
    /// The checksum is right; the payload is altered or has bytes beyond what was sent.
    PAYLOAD,
    /// Bytes are missing.
    TRUNCATED
  }
}
