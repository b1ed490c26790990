package io.ringtap.monitor.store;

import io.ringtap.monitor.window.Window;
import java.util.List;
import java.util.function.Consumer;

/// Reads a store. Any thread may, also while it is written.
public final class History {
  History() {}

  /// What became of a target's probes in a span of time, by rising time, without empty windows:
  /// from the finest windows that are still there and that are not too many. Longer ones are exact
  /// sums of shorter ones, so they overlap nowhere and leave nothing out.
  ///
  /// All windows have one length, except where only longer ones are left: old times have hours
  /// only.
  ///
  /// @param fromSeconds in seconds since the epoch; the window that it lies in is the first
  /// @param toSeconds the end, not included
  /// @param maxPoints how many windows at most, 1 or more
  public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
    return List.of();
  }

  /// Each outcome of a target's probes in a span of time, as far as they are still there, in the
  /// order in which they were known.
  ///
  /// @param fromNanos in nanoseconds since the epoch
  /// @param toNanos the end, not included
  public void probes(int targetId, long fromNanos, long toNanos, Consumer<StoredProbe> consumer) {}

  /// The newest events, newest first.
  public List<StoredEvent> events(EventFilter filter) {
    return List.of();
  }

  /// All targets that are or were watched and of which there may be something, by their numbers.
  public List<StoredTarget> targets() {
    return List.of();
  }

  /// The median round-trip time that a target has at this hour of the day, of the same hour of the
  /// seven days before, in nanoseconds; -1 if there is none. Costs nothing: it is worked out for
  /// all targets once an hour.
  ///
  /// @param epochNanos when, in nanoseconds since the epoch
  public long usualNanos(int targetId, long epochNanos) {
    return -1;
  }
}
