package io.ringtap.monitor.store;

import io.ringtap.monitor.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// What the store's thread is to do next.
sealed interface Handover {
  /// Save what has changed among targets and events.
  record Wake() implements Handover {}

  /// Say when all before this is done.
  ///
  /// @param done counted down then
  record Mark(CountDownLatch done) implements Handover {}

  /// Write windows of a fleet.
  ///
  /// @param windows by the numbers of their targets, all of this start
  /// @param isLate whether they stand with those that came late
  /// @param done completed with whether that worked
  record Reported(
      long startSeconds,
      NavigableMap<Integer, Window> windows,
      boolean isLate,
      CompletableFuture<Boolean> done)
      implements Handover {}

  /// Flush all, and keep marks.
  ///
  /// @param changed by their names
  /// @param done completed with whether that worked
  record Marks(Map<String, byte[]> changed, CompletableFuture<Boolean> done) implements Handover {}

  /// Write all that was heard in 10 seconds. The collector's thread fills it; from then on it is
  /// the store's.
  final class Batch implements Handover {
    private static final int FIRST_ROOM = 16;

    final List<ProbeChunk> probes = new ArrayList<>();
    long startSeconds;
    int[] ids = new int[FIRST_ROOM];
    Window[] windows = new Window[FIRST_ROOM];
    int count;

    Batch() {}

    void add(int id, Window window) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
        windows = Arrays.copyOf(windows, count * 2);
      }
      ids[count] = id;
      windows[count++] = window;
    }

    long probeCount() {
      long sum = 0;
      for (ProbeChunk chunk : probes) {
        sum += chunk.count();
      }
      return sum;
    }
  }
}
