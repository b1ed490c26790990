package io.ringtap.monitor.page;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.Map;

/// Targets and windows for tests.
final class Targets {
  private Targets() {}

  static Target number(int id) {
    TargetKey key = new TargetKey("core", "host-" + id, AddressFamily.ANY);
    return new Target(id, key, "name-" + id, Map.of("site", "ams"), ProbeSettings.DEFAULT);
  }

  /// A window of 10 seconds with so many replies of this round-trip time, and so many losses.
  static Window window(long start, int replies, long rttNanos, int lost) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    counts.add(Outcome.REPLY, replies);
    counts.add(Outcome.LOST, lost);
    for (int i = 0; i < replies; i++) {
      rtt.add(rttNanos);
    }
    return new Window(start, Window.BASE_SECONDS, counts, rtt, 64);
  }
}
