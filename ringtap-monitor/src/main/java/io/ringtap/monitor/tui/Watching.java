package io.ringtap.monitor.tui;

import io.ringtap.monitor.collect.Board;
import io.ringtap.monitor.collect.Counting;
import io.ringtap.monitor.collect.TargetState;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.OpenEvents;
import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.History;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers a view from the parts of a running monitor. Any thread may ask.
public final class Watching implements Watched {
  private static final long LEAST_DECIDED = 3; // to call a target down without an event
  private static final long LOOK_BACK_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Counting counting;
  private final History history;
  private final OpenEvents open;
  private final LatestProbes latest;

  /// @param latest a listener of whoever counts
  public Watching(Counting counting, History history, OpenEvents open, LatestProbes latest) {
    this.counting = counting;
    this.history = history;
    this.open = open;
    this.latest = latest;
  }

  @Override
  public List<TargetRow> rows() {
    return counting.call(() -> {
      Board board = counting.board();
      List<TargetRow> rows = new ArrayList<>(board.size());
      board.forEach(state -> rows.add(row(state)));
      return rows;
    });
  }

  private TargetRow row(TargetState state) {
    Target target = state.target();
    double lossRatio = state.recentLossRatio();
    long median = state.recentMedianNanos();
    double mean = state.recentMeanNanos();
    return new TargetRow(
        target.id(),
        Texts.printable(target.key().group()),
        Texts.printable(target.name()),
        state.address(),
        health(state, lossRatio),
        lossRatio,
        median >= 0 ? median : Double.isNaN(mean) ? -1 : Math.round(mean),
        state.lastHopLimit());
  }

  private Health health(TargetState state, double lossRatio) {
    if (state.address() == null && state.unresolved() != null) {
      return Health.UNRESOLVED;
    }
    if (open.has(state.target().id(), EventKind.DOWN)
        || (lossRatio == 1 && state.recentDecided() >= LEAST_DECIDED)) {
      return Health.DOWN;
    }
    if (Double.isNaN(lossRatio)) {
      return Health.PENDING;
    }
    return lossRatio > 0 ? Health.LOSSY : Health.UP;
  }

  @Override
  public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
    return history.windows(targetId, fromSeconds, toSeconds, maxPoints);
  }

  @Override
  public @Nullable Window running(int targetId) {
    return counting.call(() -> {
      Board board = counting.board();
      TargetState state = board.get(targetId);
      return state == null || state.running().isEmpty()
          ? null
          : new Window(
              board.windowStartSeconds(),
              Window.BASE_SECONDS,
              state.running().copy(),
              state.runningRtt().copy(),
              state.lastHopLimit());
    });
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    return history.events(filter);
  }

  @Override
  public long[] latest(int targetId, long nowNanos) {
    if (!latest.isFollowing(targetId)) {
      latest.follow(targetId);
      history.probes(
          targetId,
          nowNanos - LOOK_BACK_NANOS,
          nowNanos,
          probe -> latest.add(targetId, probe.outcome(), probe.rttNanos()));
    }
    return latest.rtts();
  }
}
