package io.ringtap.monitor.tui;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Targets of which everything is known, at one time: number 3 of each ten has some loss, number 7
/// is down. The plot of each shows an outage of a minute and a shift of the latency after it.
final class KnownTargets implements Watched {
  static final long NOW_SECONDS = 1_764_475_200; // 2025-11-30 04:00:00 UTC
  private static final long MILLI = 1_000_000;

  private final List<TargetRow> rows = new ArrayList<>();

  KnownTargets(int count, String... groups) {
    for (int id = 0; id < count; id++) {
      Health health = id % 10 == 7 ? Health.DOWN : id % 10 == 3 ? Health.LOSSY : Health.UP;
      rows.add(
          new TargetRow(
              id,
              groups[id * groups.length / count],
              "host" + id,
              IpAddress.ofIpv4(0x0A000000 + id),
              health,
              health == Health.DOWN ? 1 : health == Health.LOSSY ? 0.25 : 0,
              health == Health.DOWN ? -1 : (1L + id % 40) * MILLI,
              health == Health.DOWN ? 0 : 64));
    }
  }

  void set(int id, TargetRow row) {
    rows.set(id, row);
  }

  void removeFirst() {
    rows.removeFirst();
  }

  @Override
  public List<TargetRow> rows() {
    return List.copyOf(rows);
  }

  @Override
  public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
    List<Window> windows = new ArrayList<>();
    for (long at = NOW_SECONDS - 280; at < NOW_SECONDS - 10; at += Window.BASE_SECONDS) {
      if (at >= fromSeconds && at < toSeconds) {
        windows.add(window(at));
      }
    }
    return windows;
  }

  private static Window window(long start) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    long ago = NOW_SECONDS - start;
    boolean isOutage = ago > 120 && ago <= 180;
    for (long i = 0; i < 10; i++) {
      if (isOutage || (ago == 60 && i < 3)) {
        counts.add(Outcome.LOST);
      } else {
        counts.add(Outcome.REPLY);
        rtt.add((ago <= 120 ? 30 : 20) * MILLI + i * i * MILLI / 10);
      }
    }
    return new Window(start, Window.BASE_SECONDS, counts, rtt, 64);
  }

  @Override
  public @Nullable Window running(int targetId) {
    return window(NOW_SECONDS - 10);
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    long begin = (NOW_SECONDS - 175) * 1_000_000_000;
    long end = (NOW_SECONDS - 120) * 1_000_000_000;
    List<StoredEvent> events =
        List.of(
            new StoredEvent(2, 7, EventKind.DOWN, false, begin, end, "a reply after 12 probes"),
            new StoredEvent(1, 7, EventKind.DOWN, true, begin, begin, "5 probes without a reply"));
    return events.subList(0, Math.min(events.size(), filter.limit()));
  }

  @Override
  public long[] latest(int targetId, long nowNanos) {
    long[] latest = new long[40];
    for (int i = 0; i < latest.length; i++) {
      latest[i] = i == 20 ? -1 : (20 + i % 10) * MILLI;
    }
    return latest;
  }
}
