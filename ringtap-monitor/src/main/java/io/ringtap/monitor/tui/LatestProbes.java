package io.ringtap.monitor.tui;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.window.Outcome;
import java.util.Arrays;

/// The newest probes of the target that is looked at. The collector's thread adds them; any thread
/// may ask.
public final class LatestProbes implements CollectorListener {
  private static final int PROBES = 128;
  private static final int NOBODY = -1;

  private volatile int followed = NOBODY;
  private final long[] rtts = new long[PROBES]; // guarded by this, as is the count
  private int count;

  /// Of no target yet.
  public LatestProbes() {}

  @Override
  public void onProbe(ProbeView probe) {
    if (probe.target().id() == followed) {
      add(probe.target().id(), probe.outcome(), probe.rttNanos());
    }
  }

  /// Whether the probes of a target are being gathered.
  boolean isFollowing(int targetId) {
    return followed == targetId;
  }

  /// From now on gathers those of another target.
  synchronized void follow(int targetId) {
    followed = targetId;
    count = 0;
  }

  synchronized void add(int targetId, Outcome outcome, long rttNanos) {
    if (targetId == followed && outcome.isDecided()) {
      rtts[count++ % PROBES] = outcome == Outcome.REPLY ? rttNanos : -1;
    }
  }

  /// Round-trip times in nanoseconds, the oldest first; -1 is a probe without a reply.
  synchronized long[] rtts() {
    int kept = Math.min(count, PROBES);
    long[] newest = new long[kept];
    Arrays.setAll(newest, i -> rtts[(count - kept + i) % PROBES]);
    return newest;
  }
}
