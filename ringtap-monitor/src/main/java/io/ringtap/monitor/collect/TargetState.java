package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How things stand with one target. The collector's: read on its thread only, by a listener or in
/// a [call][Collector#call].
///
/// Figures of the last minute are those of the running window and the six before it.
public final class TargetState {
  private final WindowClock clock;
  private Target target;
  private @Nullable IpAddress address;
  private @Nullable String unresolved;
  private boolean isGone;

  private final OutcomeCounts total = new OutcomeCounts();
  private final OutcomeCounts running = new OutcomeCounts();
  private final LatencyHistogram runningRtt = new LatencyHistogram();
  private int runningHopLimit;
  private final Recent recent = new Recent();

  private @Nullable Outcome lastEnd;
  private long lastEndNanos;
  private long lastReplyNanos;
  private long lastRttNanos = -1;
  private int lastHopLimit;

  TargetState(Target target, WindowClock clock) {
    this.target = target;
    this.clock = clock;
  }

  public Target target() {
    return target;
  }

  /// Where it is; null if that has never been known.
  public @Nullable IpAddress address() {
    return address;
  }

  /// Why its name cannot be resolved, in words; null if it can.
  public @Nullable String unresolved() {
    return unresolved;
  }

  /// All outcomes since the monitor was started. Not to be changed.
  public OutcomeCounts total() {
    return total;
  }

  /// Outcomes of the running window so far. Not to be changed.
  public OutcomeCounts running() {
    return running;
  }

  /// Round-trip times of the running window so far. Not to be changed.
  public LatencyHistogram runningRtt() {
    return runningRtt;
  }

  /// How the last probe ended; null before the first has.
  public @Nullable Outcome lastEnd() {
    return lastEnd;
  }

  /// When the last probe ended, in nanoseconds since the epoch; 0 before the first has.
  public long lastEndNanos() {
    return lastEndNanos;
  }

  /// When the last reply in time came, in nanoseconds since the epoch; 0 before the first has.
  public long lastReplyNanos() {
    return lastReplyNanos;
  }

  /// Round-trip time of that reply in nanoseconds; -1 before the first has come.
  public long lastRttNanos() {
    return lastRttNanos;
  }

  /// TTL or hop limit that it came with; 0 if unknown.
  public int lastHopLimit() {
    return lastHopLimit;
  }

  /// Probes of the last minute whose outcome says something of the network.
  public long recentDecided() {
    return recent.decided(clock.startSeconds()) + running.decided();
  }

  /// The part of those that brought no intact reply in time, 0 to 1; NaN if there are none.
  public double recentLossRatio() {
    long decided = recentDecided();
    long replies = recent.replies(clock.startSeconds()) + running.get(Outcome.REPLY);
    return decided == 0 ? Double.NaN : (decided - replies) / (double) decided;
  }

  /// The mean round-trip time of the last minute in nanoseconds; NaN if there were no replies.
  public double recentMeanNanos() {
    long replies = recent.replies(clock.startSeconds()) + running.get(Outcome.REPLY);
    long sum = recent.rttSum(clock.startSeconds()) + runningRtt.sum();
    return replies == 0 ? Double.NaN : sum / (double) replies;
  }

  /// The median round-trip time of the newest window of the last minute that has closed and had
  /// replies, in nanoseconds; -1 if there is none.
  public long recentMedianNanos() {
    return recent.medianNanos(clock.startSeconds());
  }

  /// Whether it is not watched any more, and is here for what its running window holds.
  boolean isGone() {
    return isGone;
  }

  void gone() {
    isGone = true;
  }

  /// It is watched again, or in another way.
  void target(Target now) {
    target = now;
    isGone = false;
  }

  void address(IpAddress now) {
    address = now;
    unresolved = null;
  }

  void unresolved(@Nullable String why) {
    unresolved = why;
  }

  void count(ProbeView probe) {
    Outcome outcome = probe.outcome();
    total.add(outcome);
    running.add(outcome);
    if (outcome == Outcome.REPLY) {
      runningRtt.add(probe.rttNanos());
      lastReplyNanos = probe.epochNanos();
      lastRttNanos = probe.rttNanos();
      if (probe.hopLimit() != 0) {
        runningHopLimit = probe.hopLimit();
        lastHopLimit = runningHopLimit;
      }
    }
    if (outcome.isEnd()) {
      lastEnd = outcome;
      lastEndNanos = probe.epochNanos();
    }
  }

  /// Takes in a window that a site has counted. How its probes followed each other it does not say:
  /// the last is taken to have had a reply if any had one.
  void report(Window window) {
    OutcomeCounts counts = window.counts();
    total.add(counts);
    recent.add(window.startSeconds(), counts, window.rtt());
    long endNanos = TimeUnit.SECONDS.toNanos(window.endSeconds());
    if (counts.decided() == 0 || endNanos < lastEndNanos) {
      return;
    }
    lastEndNanos = endNanos;
    boolean hasReply = counts.get(Outcome.REPLY) > 0;
    lastEnd = hasReply ? Outcome.REPLY : Outcome.LOST;
    if (hasReply) {
      lastReplyNanos = endNanos;
      lastRttNanos = window.rtt().quantile(0.5);
      lastHopLimit = window.hopLimit() == 0 ? lastHopLimit : window.hopLimit();
    }
  }

  /// Ends the running window.
  ///
  /// @return null if nothing was in it
  @Nullable Window close() {
    if (running.isEmpty()) {
      return null;
    }
    long start = clock.startSeconds();
    // Copies, which do not outlive what the listeners make of them: what stays here stays for
    // years.
    Window closed =
        new Window(start, Window.BASE_SECONDS, running.copy(), runningRtt.copy(), runningHopLimit);
    recent.add(start, running, runningRtt);
    running.clear();
    runningRtt.clear();
    runningHopLimit = 0;
    return closed;
  }
}
