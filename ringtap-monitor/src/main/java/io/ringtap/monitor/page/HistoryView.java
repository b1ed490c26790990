package io.ringtap.monitor.page;

import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.History;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.store.StoredTarget;
import io.ringtap.monitor.window.Window;
import java.util.List;

/// What the page asks of the history. Any thread may.
public interface HistoryView {
  /// That of a store.
  static HistoryView of(History history) {
    return new HistoryView() {
      @Override
      public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
        return history.windows(targetId, fromSeconds, toSeconds, maxPoints);
      }

      @Override
      public List<StoredEvent> events(EventFilter filter) {
        return history.events(filter);
      }

      @Override
      public List<StoredTarget> targets() {
        return history.targets();
      }
    };
  }

  /// See [History#windows(int, long, long, int)].
  List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints);

  /// See [History#events].
  List<StoredEvent> events(EventFilter filter);

  /// See [History#targets].
  List<StoredTarget> targets();
}
