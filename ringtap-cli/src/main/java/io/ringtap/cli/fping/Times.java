package io.ringtap.cli.fping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The round-trip time of every probe, where they are wanted. One thread at a time.
final class Times {
  /// What stands for a probe that was not answered in time.
  static final long NONE = -1;

  private final long[] @Nullable [] rows;
  private final int count;

  /// @param count probes to a target; 0 keeps nothing
  Times(int hosts, int count) {
    this.count = count;
    rows = new long[count == 0 ? 0 : hosts][];
  }

  void received(int host, long index, long rtt) {
    if (count == 0) {
      return;
    }
    long[] row = rows[host];
    if (row == null) {
      row = new long[count];
      Arrays.fill(row, NONE);
      rows[host] = row;
    }
    row[(int) index] = rtt;
  }

  /// The time of a probe in nanoseconds, or [#NONE].
  long of(int host, int index) {
    long[] row = rows[host];
    return row == null ? NONE : row[index];
  }

  /// Whether they are kept.
  boolean isKept() {
    return count > 0;
  }
}
