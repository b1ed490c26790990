package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How things stand with all targets. The collector's: read on its thread only, by a listener or in
/// a [call][Collector#call].
public final class Board {
  private static final int FIRST_ROOM = 64;

  private final WindowClock clock;
  private final OutcomeCounts total = new OutcomeCounts();
  private @Nullable TargetState[] states = new @Nullable TargetState[FIRST_ROOM]; // by number
  private int end; // above the highest number that was used
  private int size;

  Board(WindowClock clock) {
    this.clock = clock;
  }

  /// How many are watched.
  public int size() {
    return size;
  }

  /// The one with this number; null if there is none.
  public @Nullable TargetState get(int id) {
    TargetState state = at(id);
    return state == null || state.isGone() ? null : state;
  }

  /// Shows each that is watched, by rising numbers.
  public void forEach(Consumer<TargetState> consumer) {
    for (int id = 0; id < end; id++) {
      TargetState state = states[id];
      if (state != null && !state.isGone()) {
        consumer.accept(state);
      }
    }
  }

  /// All outcomes since the monitor was started, also of targets that are not watched any more. Not
  /// to be changed.
  public OutcomeCounts total() {
    return total;
  }

  /// When the running window began, in seconds since the epoch.
  public long windowStartSeconds() {
    return clock.startSeconds();
  }

  private @Nullable TargetState at(int id) {
    return id < 0 || id >= end ? null : states[id];
  }

  void add(Target target) {
    int id = target.id();
    if (id >= states.length) {
      states = Arrays.copyOf(states, Math.max(id + 1, 2 * states.length));
    }
    end = Math.max(end, id + 1);
    size++;
    TargetState left = states[id];
    if (left == null) {
      states[id] = new TargetState(target, clock);
    } else {
      left.target(target);
    }
  }

  void remove(TargetState state) {
    state.gone();
    size--;
  }

  /// Counts an outcome.
  ///
  /// @return false if nobody knows its target any more
  boolean count(LentProbe probe) {
    TargetState state = at(probe.targetId());
    if (state == null) {
      return false;
    }
    probe.target(state.target());
    probe.epochNanos(clock.within(probe.epochNanos()));
    state.count(probe);
    total.add(probe.outcome());
    return true;
  }

  /// Counts a window.
  ///
  /// @return false if its target is not watched
  boolean report(int id, Window window) {
    TargetState state = get(id);
    if (state == null) {
      return false;
    }
    state.report(window);
    total.add(window.counts());
    return true;
  }

  /// Ends the running window of each target and passes it on, by rising numbers.
  void close(BiConsumer<Target, Window> consumer) {
    for (int id = 0; id < end; id++) {
      TargetState state = states[id];
      if (state == null) {
        continue;
      }
      Window closed = state.close();
      if (closed != null) {
        consumer.accept(state.target(), closed);
      }
      if (state.isGone()) {
        states[id] = null;
      }
    }
  }
}
