package io.ringtap.monitor.collect;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;

/// The figures of a target's last minute, in 170 bytes: six windows that have closed. The
/// collector's.
final class Recent {
  private static final int WINDOWS = 6;

  private final int[] ordinals = new int[WINDOWS]; // when each began, in windows since the epoch
  private final int[] decided = new int[WINDOWS];
  private final int[] replies = new int[WINDOWS];
  private final long[] rttSums = new long[WINDOWS];
  private long medianNanos = -1; // of the newest that had replies
  private int medianOrdinal;

  /// Takes in a window that has closed.
  void add(long startSeconds, OutcomeCounts counts, LatencyHistogram rtt) {
    int ordinal = ordinal(startSeconds);
    int at = Math.floorMod(ordinal, WINDOWS);
    if (ordinal < ordinals[at]) {
      return; // it came late
    }
    ordinals[at] = ordinal;
    decided[at] = (int) counts.decided();
    replies[at] = (int) counts.get(Outcome.REPLY);
    rttSums[at] = rtt.sum();
    if (rtt.count() > 0 && ordinal >= medianOrdinal) {
      medianNanos = rtt.quantile(0.5);
      medianOrdinal = ordinal;
    }
  }

  private static int ordinal(long startSeconds) {
    return (int) (startSeconds / Window.BASE_SECONDS);
  }

  private boolean isRecent(int ordinal, long nowSeconds) {
    return ordinal(nowSeconds) - ordinal <= WINDOWS;
  }

  /// @param nowSeconds when the running window began
  long decided(long nowSeconds) {
    long sum = 0;
    for (int i = 0; i < WINDOWS; i++) {
      sum += isRecent(ordinals[i], nowSeconds) ? decided[i] : 0;
    }
    return sum;
  }

  long replies(long nowSeconds) {
    long sum = 0;
    for (int i = 0; i < WINDOWS; i++) {
      sum += isRecent(ordinals[i], nowSeconds) ? replies[i] : 0;
    }
    return sum;
  }

  long rttSum(long nowSeconds) {
    long sum = 0;
    for (int i = 0; i < WINDOWS; i++) {
      sum += isRecent(ordinals[i], nowSeconds) ? rttSums[i] : 0;
    }
    return sum;
  }

  /// The median of the newest of them that had replies; -1 if none had.
  long medianNanos(long nowSeconds) {
    return isRecent(medianOrdinal, nowSeconds) ? medianNanos : -1;
  }
}
