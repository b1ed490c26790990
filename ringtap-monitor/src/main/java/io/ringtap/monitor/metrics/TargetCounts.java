package io.ringtap.monitor.metrics;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// What is counted of one target since it is watched, about 600 bytes. The collector's thread owns
/// it; scrapes get a [copy][#copy].
final class TargetCounts {
  private Target target;
  private final RttCounts rtt;
  private final OutcomeCounts counts = new OutcomeCounts();
  private @Nullable ErrorCounts errors;
  private @Nullable ErrorCounts refusals;
  private @Nullable IpAddress address;
  private boolean hasName = true;
  private boolean isUp;
  private int hopLimit;
  private long newestSeconds; // of windows

  TargetCounts(Target target, RttCounts rtt) {
    this.target = target;
    this.rtt = rtt;
  }

  /// Counts an outcome.
  void add(ProbeView probe) {
    Outcome outcome = probe.outcome();
    counts.add(outcome);
    switch (outcome) {
      case REPLY -> {
        rtt.add(probe.rttNanos());
        hopLimit = probe.hopLimit();
      }
      case ERROR -> errors = added(errors, probe);
      case UNSENT -> refusals = added(refusals, probe);
      default -> {}
    }
    if (outcome.isDecided()) {
      isUp = outcome == Outcome.REPLY;
      if (!isUp) {
        rtt.addLoss();
      }
    }
  }

  /// Counts a window that a site of a fleet has counted, which does not say what kinds of errors
  /// there were. Under Ringtap's own names only.
  void add(Window window) {
    OutcomeCounts more = window.counts();
    counts.add(more);
    ((RttBuckets) rtt).add(window.rtt());
    errors = added(errors, more.get(Outcome.ERROR));
    refusals = added(refusals, more.get(Outcome.UNSENT));
    if (more.decided() > 0 && window.startSeconds() >= newestSeconds) {
      newestSeconds = window.startSeconds();
      isUp = more.get(Outcome.REPLY) > 0;
      hopLimit = window.hopLimit() == 0 ? hopLimit : window.hopLimit();
    }
  }

  private static @Nullable ErrorCounts added(@Nullable ErrorCounts before, long times) {
    if (times == 0) {
      return before;
    }
    ErrorCounts now = before == null ? new ErrorCounts() : before;
    now.add(ErrorWords.OTHER, times);
    return now;
  }

  private ErrorCounts added(@Nullable ErrorCounts before, ProbeView probe) {
    ErrorCounts now = before == null ? new ErrorCounts() : before;
    boolean isIpv6 = address != null && address.isIpv6();
    now.add(ErrorWords.kind(isIpv6, probe.icmpType(), probe.icmpCode(), probe.errno()));
    return now;
  }

  /// It is shown in another way.
  void setTarget(Target now) {
    target = now;
  }

  void setAddress(IpAddress now) {
    address = now;
  }

  void setResolved(boolean isResolved) {
    hasName = isResolved;
  }

  TargetCounts copy() {
    TargetCounts copy = new TargetCounts(target, rtt.copy());
    copy.counts.add(counts);
    copy.errors = errors == null ? null : errors.copy();
    copy.refusals = refusals == null ? null : refusals.copy();
    copy.address = address;
    copy.hasName = hasName;
    copy.isUp = isUp;
    copy.hopLimit = hopLimit;
    return copy;
  }

  Target target() {
    return target;
  }

  long get(Outcome outcome) {
    return counts.get(outcome);
  }

  /// Probes that the kernel took and that have ended.
  long sent() {
    return counts.sent();
  }

  RttCounts rtt() {
    return rtt;
  }

  /// How often which error was the outcome; null if there was none.
  @Nullable ErrorCounts errors() {
    return errors;
  }

  /// How often the kernel refused to send, and why; null if it never did.
  @Nullable ErrorCounts refusals() {
    return refusals;
  }

  /// Where it is; null if that was never known.
  @Nullable IpAddress address() {
    return address;
  }

  /// Whether its name can be resolved, or it is an address.
  boolean hasName() {
    return hasName;
  }

  /// Whether the newest probe whose outcome says something of the network had a reply.
  boolean isUp() {
    return isUp;
  }

  /// TTL or hop limit of the newest reply; 0 if unknown.
  int hopLimit() {
    return hopLimit;
  }
}
