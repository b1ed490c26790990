package io.ringtap.fleet.reader;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The windows of one start that are to be written together, by the numbers of their targets. Those
/// of two agents that have shared a target add up. One thread uses it.
final class WindowRows {
  private final TreeMap<Integer, Window> windows = new TreeMap<>();
  private int records;

  WindowRows() {}

  void add(int id, Window window) {
    records++;
    windows.merge(id, window, WindowRows::sum);
  }

  /// Takes in all that others hold.
  void addAll(WindowRows others) {
    records += others.records;
    others.windows.forEach((id, window) -> windows.merge(id, window, WindowRows::sum));
  }

  private static Window sum(Window one, Window other) {
    OutcomeCounts counts = one.counts().copy();
    counts.add(other.counts());
    LatencyHistogram rtt = one.rtt().copy();
    rtt.add(other.rtt());
    int hopLimit = other.hopLimit() == 0 ? one.hopLimit() : other.hopLimit();
    return new Window(one.startSeconds(), one.seconds(), counts, rtt, hopLimit);
  }

  /// How many records they came of.
  int records() {
    return records;
  }

  NavigableMap<Integer, Window> windows() {
    return windows;
  }
}
