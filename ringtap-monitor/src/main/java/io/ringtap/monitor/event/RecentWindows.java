package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import java.time.Duration;
import java.util.Arrays;

/// The last 10-second windows of one target, of each as much as its rules look at, in a ring. A
/// window without an outcome is empty.
///
/// All figures are NaN where nothing says what they are.
final class RecentWindows {
  private static final long NONE = Long.MIN_VALUE;

  private final int size; // of the longest
  // Each a ring as long as the rules need that look at it, empty if none does.
  private final int[] decided;
  private final int[] replies;
  private final int[] duplicates;
  private final int[] hopChanges;
  private final short[] medians; // buckets

  // Windows by their number since the epoch.
  private long first = NONE;
  private long newest = NONE;

  /// @param interval from one probe of the target to the next
  RecentWindows(Rules rules, Duration interval) {
    int loss = rules.windows(EventKind.LOSS, interval);
    int duplicate = rules.windows(EventKind.DUPLICATES, interval);
    int latency =
        Math.max(
            rules.windows(EventKind.LATENCY, interval),
            rules.windows(EventKind.BASELINE, interval));
    int route = rules.windows(EventKind.ROUTE, interval);
    int answered = Math.max(latency, Math.max(loss, duplicate));
    size = Math.max(answered, route);
    decided = new int[loss];
    replies = new int[answered];
    duplicates = new int[duplicate];
    hopChanges = new int[route];
    medians = new short[latency];
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
      newest = number - size;
    }
    while (++newest < number) {
      put(newest, 0, 0, 0, 0);
    }
    int answered = (int) window.counts().get(Outcome.REPLY);
    int ended = (int) window.counts().decided();
    put(number, ended, answered, (int) window.counts().get(Outcome.DUPLICATE), changes);
    if (medians.length > 0 && answered > 0) { // that of a window without a reply is not looked at
      medians[place(number, medians.length)] =
          (short) LatencyHistogram.bucket(window.rtt().quantile(0.5));
    }
  }

  private void put(long number, int ended, int answered, int twice, int changes) {
    put(decided, number, ended);
    put(replies, number, answered);
    put(duplicates, number, twice);
    put(hopChanges, number, changes);
  }

  private static void put(int[] ring, long number, int count) {
    if (ring.length > 0) {
      ring[place(number, ring.length)] = count;
    }
  }

  private static int place(long number, int length) {
    return Math.floorMod(number, length);
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

  private long sum(int[] ring, int windows) {
    long sum = 0;
    for (int i = 0; i < windows; i++) {
      sum += ring[place(newest - i, ring.length)];
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
      int answered = replies[place(newest - i, replies.length)];
      if (answered > 0) {
        int bucket = medians[place(newest - i, medians.length)];
        weights[bucket] += answered;
        all += answered;
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
