package io.ringtap.monitor.probe;

import io.ringtap.error.Errno;
import io.ringtap.monitor.collect.ProbeRing;
import io.ringtap.monitor.collect.ProbeWords;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.ping.ProbeWatcher;
import io.ringtap.ping.WatchedOutcome;
import org.jspecify.annotations.Nullable;

/// Writes what becomes of a target's probes into the ring of its pinger. On the pinger's receiving
/// thread, and without an allocation.
final class RingWriter implements ProbeWatcher {
  private final int target;
  private final ProbeRing ring;

  RingWriter(int target, ProbeRing ring) {
    this.target = target;
    this.ring = ring;
  }

  @Override
  public void onOutcome(WatchedOutcome watched) {
    Outcome outcome = outcome(watched);
    if (outcome != null) {
      ring.add(
          ProbeWords.target(target, outcome, watched.hopLimit(), watched.icmpType()),
          ProbeWords.number(watched.sequence(), watched.icmpCode(), watched.errno()),
          watched.epochNanos(),
          watched.rttNanos());
    }
  }

  /// Null for what decides nothing: a redirect, or a source quench.
  private static @Nullable Outcome outcome(WatchedOutcome watched) {
    return switch (watched.kind()) {
      case REPLY -> Outcome.REPLY;
      case ELSEWHERE -> Outcome.ELSEWHERE;
      case CORRUPTED -> Outcome.CORRUPTED;
      case ICMP_ERROR -> Outcome.ERROR;
      case TIMED_OUT -> Outcome.LOST;
      case DROPPED -> Outcome.DROPPED;
      case NOT_SENT -> isUnreachable(watched.errno()) ? Outcome.ERROR : Outcome.UNSENT;
      case WITHDRAWN -> Outcome.WITHDRAWN;
      case LATE_REPLY -> Outcome.LATE;
      case LATE_ERROR -> Outcome.LATE_ERROR;
      case FURTHER_REPLY, DUPLICATE -> Outcome.DUPLICATE;
      case NOTICE -> null;
    };
  }

  /// Whether this machine's routes know no way to the target.
  private static boolean isUnreachable(int errno) {
    return errno == Errno.ENETUNREACH.number() || errno == Errno.EHOSTUNREACH.number();
  }
}
