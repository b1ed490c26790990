package io.ringtap.trace;

import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.trace.engine.Answer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An answer and the probe that it has ended, as numbers; one is filled in for many answers.
final class JudgedAnswer {
  private static final IpAddress NONE = IpAddress.ofIpv4(0);

  /// What has come, lent or a copy.
  Answer answer = new Answer();

  // The probe, and what a router would quote of it if nobody had changed it.
  IpAddress target = NONE;
  IpAddress source = NONE;
  int hopLimit;
  int path;
  int round;
  int flow;
  int checksum;

  boolean isDestination;
  long rttNanos;
  StampSource stamp = StampSource.USER;

  /// Becomes like another one, with a copy of its answer.
  void copy(JudgedAnswer other) {
    answer.copy(other.answer);
    target = other.target;
    source = other.source;
    hopLimit = other.hopLimit;
    path = other.path;
    round = other.round;
    flow = other.flow;
    checksum = other.checksum;
    isDestination = other.isDestination;
    rttNanos = other.rttNanos;
    stamp = other.stamp;
  }

  /// Whether it shows that probes go no further: the target's answer, or a router's refusal.
  boolean isEnd() {
    return isDestination || isUnreachable(answer);
  }

  /// Whether an ICMP error says that a packet was not delivered, other than for its hop limit.
  static boolean isUnreachable(Answer answer) {
    return answer.isError
        && answer.type
            == (answer.isIpv6
                ? Icmpv6Type.DESTINATION_UNREACHABLE
                : IcmpType.DESTINATION_UNREACHABLE);
  }

  TraceOutcome.Answer toOutcome() {
    return new TraceOutcome.Answer(
        new TraceOutcome.Probe(target, hopLimit, path, round),
        answer.from(),
        isDestination,
        error(),
        answer.hopLimit,
        rttNanos,
        stamp);
  }

  private TraceOutcome.@Nullable IcmpError error() {
    if (!answer.isError) {
      return null;
    }
    IpAddress quotedSource = answer.quotedSource();
    return new TraceOutcome.IcmpError(
        answer.type,
        answer.code,
        answer.mtu,
        Arrays.stream(answer.labels()).mapToObj(MplsLabel::of).toList(),
        answer.quotedHopLimit,
        answer.quotedTrafficClass,
        quotedSource.equals(source) ? null : quotedSource,
        answer.quotedFlow == flow ? -1 : answer.quotedFlow,
        answer.quotedChecksum >= 0 && answer.quotedChecksum != checksum);
  }
}
