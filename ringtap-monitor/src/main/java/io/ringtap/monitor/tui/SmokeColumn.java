package io.ringtap.monitor.tui;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The distribution of one column of a plot: quantiles in nanoseconds, and loss.
///
/// @param lossRatio 0 to 1; NaN if nothing is known of this time
/// @param hasReplies whether there are quantiles
/// @param min the shortest round-trip time
/// @param low the 10th percentile
/// @param lower the 25th
/// @param median the 50th
/// @param upper the 75th
/// @param high the 90th
/// @param max the longest
record SmokeColumn(
    double lossRatio,
    boolean hasReplies,
    long min,
    long low,
    long lower,
    long median,
    long upper,
    long high,
    long max) {
  private static final SmokeColumn NONE = new SmokeColumn(Double.NaN, false, 0, 0, 0, 0, 0, 0, 0);

  /// Makes the columns of a span of time. A column has the windows that begin in it, or the one
  /// that lies over it, if windows are longer than columns.
  ///
  /// @param windows by rising time
  static SmokeColumn[] of(List<Window> windows, long fromSeconds, int seconds, int columns) {
    SmokeColumn[] made = new SmokeColumn[columns];
    int next = 0;
    Window over = null;
    SmokeColumn overColumn = NONE;
    for (int column = 0; column < columns; column++) {
      long begin = fromSeconds + (long) seconds * column / columns;
      long end = fromSeconds + (long) seconds * (column + 1) / columns;
      OutcomeCounts counts = new OutcomeCounts();
      LatencyHistogram rtt = new LatencyHistogram();
      int first = next;
      for (; next < windows.size() && windows.get(next).startSeconds() < end; next++) {
        over = windows.get(next);
        counts.add(over.counts());
        rtt.add(over.rtt());
      }
      if (next > first) {
        overColumn = of(counts, rtt);
      }
      made[column] = over != null && over.endSeconds() > begin ? overColumn : NONE;
    }
    return made;
  }

  private static SmokeColumn of(OutcomeCounts counts, LatencyHistogram rtt) {
    if (rtt.count() == 0) {
      return new SmokeColumn(counts.lossRatio(), false, 0, 0, 0, 0, 0, 0, 0);
    }
    return new SmokeColumn(
        counts.lossRatio(),
        true,
        rtt.min(),
        rtt.quantile(0.1),
        rtt.quantile(0.25),
        rtt.quantile(0.5),
        rtt.quantile(0.75),
        rtt.quantile(0.9),
        rtt.max());
  }

  /// How dense the smoke is between two round-trip times: 0 none, up to 3; 4 is the median.
  int density(double fromNanos, double toNanos) {
    if (!hasReplies) {
      return 0;
    }
    if (median >= fromNanos && median < toNanos) {
      return 4;
    }
    if (upper >= fromNanos && lower < toNanos) {
      return 3;
    }
    if (high >= fromNanos && low < toNanos) {
      return 2;
    }
    return max >= fromNanos && min < toNanos ? 1 : 0;
  }

  /// Whether no probe of a known time was answered.
  boolean isOutage() {
    return lossRatio == 1;
  }

  /// The round-trip times that an axis should show.
  ///
  /// @return the lowest and the highest; null if there are none
  static long @Nullable [] range(SmokeColumn[] columns) {
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    for (SmokeColumn column : columns) {
      if (column.hasReplies) {
        lowest = Math.min(lowest, column.min);
        highest = Math.max(highest, column.high);
      }
    }
    return highest == 0 ? null : new long[] {lowest, highest};
  }
}
