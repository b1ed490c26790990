package io.ringtap.monitor.tui;

import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a view asks of the monitor, about once a second.
interface Watched {
  /// All targets, by their numbers.
  List<TargetRow> rows();

  /// See [io.ringtap.monitor.store.History#windows].
  List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints);

  /// The window that has not closed yet; null if nothing is in it.
  @Nullable Window running(int targetId);

  /// The newest events, newest first.
  List<StoredEvent> events(EventFilter filter);

  /// The round-trip times of a target's newest probes in nanoseconds, the oldest first; -1 is one
  /// that brought no reply. Of one target at a time: they are gathered from the first call on.
  ///
  /// @param nowNanos in nanoseconds since the epoch
  long[] latest(int targetId, long nowNanos);
}
