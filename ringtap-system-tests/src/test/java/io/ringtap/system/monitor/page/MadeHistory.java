package io.ringtap.system.monitor.page;

import io.ringtap.monitor.page.HistoryView;
import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.store.StoredTarget;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/// A history of any length that is the same each time: latency goes with the hour, varies, and
/// there are times with loss and one in which a target is down.
final class MadeHistory implements HistoryView {
  private static final int[] LENGTHS = {
    10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400
  };
  private static final int MOST_PROBES = 120; // of a window; more would look no other

  private final List<StoredEvent> events = new CopyOnWriteArrayList<>();
  private final long outageFrom;
  private final long outageTo;

  /// @param outageFrom when target 0 goes down, in seconds since the epoch
  /// @param outageTo when it is up again
  MadeHistory(long outageFrom, long outageTo) {
    this.outageFrom = outageFrom;
    this.outageTo = outageTo;
  }

  void add(StoredEvent event) {
    events.add(event);
  }

  @Override
  public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
    int length = LENGTHS[LENGTHS.length - 1];
    for (int i = LENGTHS.length - 1; i >= 0; i--) {
      if ((toSeconds - fromSeconds) / LENGTHS[i] <= maxPoints) {
        length = LENGTHS[i];
      }
    }
    List<Window> windows = new ArrayList<>();
    for (long start = fromSeconds - fromSeconds % length; start < toSeconds; start += length) {
      windows.add(window(targetId, start, length));
    }
    return windows;
  }

  /// What a window holds.
  Window window(int targetId, long start, int length) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    SplittableRandom random = new SplittableRandom(start * 31 + targetId);
    int probes = Math.min(length, MOST_PROBES);
    for (int i = 0; i < probes; i++) {
      long at = start + (long) i * length / probes;
      if (random.nextDouble() < loss(targetId, at)) {
        counts.add(Outcome.LOST);
      } else {
        counts.add(Outcome.REPLY);
        rtt.add((long) (base(targetId, at) * (1 + Math.pow(random.nextDouble(), 4) * 0.8)));
      }
    }
    return new Window(start, length, counts, rtt, 57);
  }

  private double loss(int targetId, long at) {
    if (targetId != 0) {
      return targetId % 97 == 5 && at % 30 == 3 ? 1 : 0;
    }
    if (at >= outageFrom && at < outageTo) {
      return 1;
    }
    boolean isBefore = at >= outageFrom - 300 && at < outageFrom;
    return isBefore ? 0.25 : at >= outageTo && at < outageTo + 120 ? 0.08 : 0;
  }

  private double base(int targetId, long at) {
    double ofDay = 1 + 0.25 * Math.sin(2 * Math.PI * at / 86_400) + 0.06 * Math.sin(at / 170.0);
    double atOutage = targetId == 0 && at >= outageFrom - 300 && at < outageFrom ? 1.9 : 1;
    return 1e6 * (2 + 7 * (targetId * 7 % 31)) * ofDay * atOutage;
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    return events.reversed().stream()
        .filter(event -> filter.targetId() < 0 || filter.targetId() == event.targetId())
        .filter(event -> event.epochNanos() >= filter.fromNanos())
        .filter(event -> event.epochNanos() < filter.toNanos())
        .limit(filter.limit())
        .toList();
  }

  @Override
  public List<StoredTarget> targets() {
    return List.of();
  }
}
