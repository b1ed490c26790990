package io.ringtap.fleet.reader;

import io.ringtap.monitor.store.Reports;
import io.ringtap.monitor.window.Window;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Windows on their way into the history. One thread uses it.
///
/// Those of one start come from many agents, at about the same time: they are waited for, and
/// become one block of the history. What comes later than that, as from an agent that had no broker
/// for an hour, is gathered for a minute and then written with other late ones, sorted by time.
final class WindowBuffer {
  /// How long after its end a window is waited for.
  static final long WAIT_SECONDS = 5;

  private final Reports reports;
  private final TreeMap<Long, WindowRows> inTime = new TreeMap<>();
  private final TreeMap<Long, WindowRows> late = new TreeMap<>();
  private long front; // the start of the newest that is written in time
  private int waiting;
  private int waitingLate;
  private long written;

  /// @param front the start of the newest windows in the history, in seconds since the epoch; 0 if
  ///   there are none
  WindowBuffer(Reports reports, long front) {
    this.reports = reports;
    this.front = front;
  }

  /// Takes in a window.
  ///
  /// @return whether later ones have been written already
  boolean add(int id, Window window) {
    long start = window.startSeconds();
    boolean isLate = start <= front;
    (isLate ? late : inTime).computeIfAbsent(start, _ -> new WindowRows()).add(id, window);
    waiting++;
    waitingLate += isLate ? 1 : 0;
    return isLate;
  }

  /// How many records wait to be written.
  int waiting() {
    return waiting;
  }

  /// How many of them have come late.
  int waitingLate() {
    return waitingLate;
  }

  /// How many records are in the history, so far.
  long written() {
    return written;
  }

  /// The start of the newest windows that have been written in time; 0 if there are none.
  long front() {
    return front;
  }

  /// Writes what is not waited for any more, but what came late.
  ///
  /// @return false if the history could not be written; what is left may be tried again
  boolean writeDue(long nowSeconds) throws InterruptedException {
    long due = nowSeconds - WAIT_SECONDS - Window.BASE_SECONDS;
    while (!inTime.isEmpty() && inTime.firstKey() <= due) {
      if (!write(inTime, false)) {
        return false;
      }
    }
    return true;
  }

  /// Writes all that came late.
  ///
  /// @return false if the history could not be written; what is left may be tried again
  boolean writeLate() throws InterruptedException {
    while (!late.isEmpty()) {
      if (!write(late, true)) {
        return false;
      }
    }
    waitingLate = 0;
    return true;
  }

  /// Writes all, so that nothing waits. What is still waited for is written with what came late.
  ///
  /// @return false if the history could not be written; what is left may be tried again
  boolean writeAll() throws InterruptedException {
    inTime.forEach(
        (start, rows) -> late.computeIfAbsent(start, _ -> new WindowRows()).addAll(rows));
    inTime.clear();
    return writeLate();
  }

  private boolean write(NavigableMap<Long, WindowRows> from, boolean isLate)
      throws InterruptedException {
    Map.Entry<Long, WindowRows> first = from.firstEntry();
    WindowRows rows = first.getValue();
    if (!reports.append(first.getKey(), rows.windows(), isLate)) {
      return false;
    }
    from.remove(first.getKey());
    waiting -= rows.records();
    written += rows.records();
    front = isLate ? front : first.getKey();
    return true;
  }
}
