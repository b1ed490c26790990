package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import java.util.Arrays;

/// The last 10-second windows of one target, of each as much as its rules look at, in a ring. A
/// window without an outcome is empty.
///
/// All figures are NaN where nothing says what they are.
final class RecentWindows {
  private static final long NONE = Long.MIN_VALUE;

  private final int size;
  private final int[] replies;
  // Those that no rule looks at have no elements.
  private final int[] decided;
  private final int[] duplicates;
  private final int[] hopChanges;
  private final short[] medians; // buckets

  // Windows by their number since the epoch.
  private long first = NONE;
  private long newest = NONE;

  /// @param size how many windows are looked at together at most
  RecentWindows(int size, Rules rules) {
    this.size = size;
    replies = new int[size];
    decided = counts(rules.has(EventKind.LOSS));
    duplicates = counts(rules.has(EventKind.DUPLICATES));
    hopChanges = counts(rules.has(EventKind.ROUTE));
    medians =
        rules.has(EventKind.LATENCY) || rules.has(EventKind.BASELINE)
            ? new short[size]
            : new short[0];
  }

  private int[] counts(boolean needed) {
    return needed ? new int[size] : new int[0];
  }

  /// Begins again: what was before does not count any more.
  void clear() {
    first = NONE;
    newest = NONE;
  }

  /// Takes in the next window. One that is not after the last, or a whole ring after it, comes of a
  /// clock that was set, and begins again.
  ///
  /// @param changes how often the hop limit of replies changed in it
  void add(Window window, int changes) {
    long number = window.startSeconds() / Window.BASE_SECONDS;
    if (newest == NONE || number <= newest || number - newest >= size) {
      first = number;
      for (int place = 0; place < size; place++) {
        empty(place);
      }
    } else {
      for (long skipped = newest + 1; skipped < number; skipped++) {
        empty(place(skipped));
      }
    }
    newest = number;
    set(place(number), window, changes);
  }

  private void set(int place, Window window, int changes) {
    int answered = (int) window.counts().get(Outcome.REPLY);
    put(replies, place, answered);
    put(decided, place, (int) window.counts().decided());
    put(duplicates, place, (int) window.counts().get(Outcome.DUPLICATE));
    put(hopChanges, place, changes);
    if (medians.length > 0 && answered > 0) {
      medians[place] = (short) LatencyHistogram.bucket(window.rtt().quantile(0.5));
    }
  }

  /// A window without a reply has no median.
  private void empty(int place) {
    put(replies, place, 0);
    put(decided, place, 0);
    put(duplicates, place, 0);
    put(hopChanges, place, 0);
  }

  private static void put(int[] counts, int place, int count) {
    if (counts.length > 0) {
      counts[place] = count;
    }
  }

  private int place(long number) {
    return Math.floorMod(number, size);
  }

  /// Whether the last `windows` windows have all been watched since this began.
  boolean covers(int windows) {
    return newest != NONE && newest - first + 1 >= windows;
  }

  /// The part of the decided probes of the last `windows` that brought no reply.
  ///
  /// @param leftOut so many of those without a reply are left out
  double lossRatio(int windows, int leftOut) {
    long all = sum(decided, windows);
    long lost = all - sum(replies, windows);
    long without = Math.min(leftOut, lost);
    return all == without ? Double.NaN : (lost - without) / (double) (all - without);
  }

  /// Duplicates for each reply of the last `windows`.
  double duplicateRatio(int windows) {
    long all = sum(replies, windows);
    return all == 0 ? Double.NaN : sum(duplicates, windows) / (double) all;
  }

  /// How often the hop limit changed in the last `windows`.
  double hopChanges(int windows) {
    return sum(hopChanges, windows);
  }

  private long sum(int[] counts, int windows) {
    long sum = 0;
    for (int i = 0; i < windows; i++) {
      sum += counts[place(newest - i)];
    }
    return sum;
  }

  /// The middle one of the medians of the last `windows`, each counted as often as it has replies,
  /// in nanoseconds.
  ///
  /// @param weights an element for each bucket of [LatencyHistogram], all 0 before and after
  double median(int windows, int[] weights) {
    long all = 0;
    int lowest = weights.length;
    int highest = 0;
    for (int i = 0; i < windows; i++) {
      int place = place(newest - i);
      if (replies[place] > 0) {
        int bucket = medians[place];
        weights[bucket] += replies[place];
        all += replies[place];
        lowest = Math.min(lowest, bucket);
        highest = Math.max(highest, bucket);
      }
    }
    if (all == 0) {
      return Double.NaN;
    }
    int middle = lowest;
    for (long seen = weights[middle]; seen * 2 < all; seen += weights[middle]) {
      middle++;
    }
    Arrays.fill(weights, lowest, highest + 1, 0);
    return (LatencyHistogram.lowest(middle) + LatencyHistogram.lowest(middle + 1)) / 2.0;
  }
}
