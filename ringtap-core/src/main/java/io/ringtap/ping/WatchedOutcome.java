package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.Answer;
import org.jspecify.annotations.Nullable;

/// What became of a probe, lent to a [ProbeWatcher]: the same as a [PingOutcome], without an object
/// for each. It is read during the call, on the thread that calls.
public final class WatchedOutcome {
  /// The kinds of [PingOutcome].
  public enum Kind {
    /// [PingOutcome.Reply].
    REPLY,
    /// [PingOutcome.ReplyFromElsewhere].
    ELSEWHERE,
    /// [PingOutcome.Corrupted].
    CORRUPTED,
    /// [PingOutcome.IcmpError].
    ICMP_ERROR,
    /// [PingOutcome.TimedOut].
    TIMED_OUT,
    /// [PingOutcome.Dropped].
    DROPPED,
    /// [PingOutcome.NotSent] or [PingOutcome.Unroutable]: [#errno] says which.
    NOT_SENT,
    /// [PingOutcome.Withdrawn].
    WITHDRAWN,
    /// [PingOutcome.LateReply].
    LATE_REPLY,
    /// [PingOutcome.LateError].
    LATE_ERROR,
    /// [PingOutcome.Notice].
    NOTICE,
    /// [PingOutcome.FurtherReply].
    FURTHER_REPLY,
    /// [PingOutcome.Duplicate].
    DUPLICATE
  }

  private Kind kind = Kind.WITHDRAWN;
  private long sequence;
  private long epochNanos;
  private int errno;
  private @Nullable Answer answer;

  WatchedOutcome() {}

  /// Stands for one that a packet brought.
  WatchedOutcome set(Kind newKind, Answer newAnswer) {
    kind = newKind;
    sequence = newAnswer.sequence();
    epochNanos = newAnswer.epochNanos();
    errno = 0;
    answer = newAnswer;
    return this;
  }

  /// Stands for one without a packet.
  WatchedOutcome set(Kind newKind, long newSequence, int newErrno, long newEpochNanos) {
    kind = newKind;
    sequence = newSequence;
    epochNanos = newEpochNanos;
    errno = newErrno;
    answer = null;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  /// The number of the probe in its request, from 1.
  public long sequence() {
    return sequence;
  }

  /// When the outcome became known, in nanoseconds since the epoch: the kernel's receive stamp
  /// where a packet brought it.
  public long epochNanos() {
    return epochNanos;
  }

  /// The error number with which the kernel refused the probe; 0 if it did not.
  public int errno() {
    return errno;
  }

  /// Whether a packet brought it, of which the methods below say more.
  public boolean hasPacket() {
    return answer != null;
  }

  /// From the probe's departure to the packet's arrival, in nanoseconds; 0 without a packet.
  public long rttNanos() {
    return answer == null ? 0 : answer.rttNanos();
  }

  /// TTL or hop limit that the packet arrived with; 0 if unknown.
  public int hopLimit() {
    return answer == null ? 0 : answer.hopLimit();
  }

  /// Type of an ICMP error or notice; -1 for other outcomes.
  public int icmpType() {
    return isIcmpMessage() && answer != null ? answer.icmpType() : -1;
  }

  /// The type's code; -1 for other outcomes.
  public int icmpCode() {
    return isIcmpMessage() && answer != null ? answer.icmpCode() : -1;
  }

  private boolean isIcmpMessage() {
    return switch (kind) {
      case ICMP_ERROR, LATE_ERROR, NOTICE -> true;
      case REPLY,
          ELSEWHERE,
          CORRUPTED,
          TIMED_OUT,
          DROPPED,
          NOT_SENT,
          WITHDRAWN,
          LATE_REPLY,
          FURTHER_REPLY,
          DUPLICATE ->
          false;
    };
  }

  /// The address that the packet came from, as an object made for the caller; null without a
  /// packet.
  public @Nullable IpAddress from() {
    return answer == null ? null : answer.from();
  }
}
