package io.ringtap.monitor.metrics;

import java.util.Arrays;

/// How often each kind of error was, of one target: few kinds, most often none.
final class ErrorCounts {
  /// More than a broken network shows; what is above counts as other.
  private static final int MAX_KINDS = 16;

  private short[] kinds = {};
  private long[] counts = {};

  ErrorCounts() {}

  /// Counts one more.
  ///
  /// @param kind as of [ErrorWords]
  void add(short kind) {
    add(kind, 1);
  }

  /// Counts so many more.
  void add(short kind, long times) {
    int place = place(kind);
    if (place < 0 && kinds.length >= MAX_KINDS && kind != ErrorWords.OTHER) {
      add(ErrorWords.OTHER, times);
      return;
    }
    if (place < 0) {
      place = kinds.length;
      kinds = Arrays.copyOf(kinds, place + 1);
      counts = Arrays.copyOf(counts, place + 1);
      kinds[place] = kind;
    }
    counts[place] += times;
  }

  private int place(short kind) {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == kind) {
        return i;
      }
    }
    return -1;
  }

  ErrorCounts copy() {
    ErrorCounts copy = new ErrorCounts();
    copy.kinds = kinds.clone();
    copy.counts = counts.clone();
    return copy;
  }

  /// Each distinct kind that was, by [#wordAt] and [#countAt].
  int size() {
    return kinds.length;
  }

  String wordAt(int index) {
    return ErrorWords.word(kinds[index]);
  }

  long countAt(int index) {
    return counts[index];
  }
}
