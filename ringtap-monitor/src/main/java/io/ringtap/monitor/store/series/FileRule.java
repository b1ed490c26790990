package io.ringtap.monitor.store.series;

/// How the blocks of a tier are put into files.
///
/// @param word with which the names of the files begin
/// @param seconds the span of time of one file; spans begin at multiples of it
/// @param isOrdered whether times rise within a file, and another one is begun where they would
///   not; else a file takes the blocks of its span as they come
record FileRule(String word, int seconds, boolean isOrdered) {
  /// How many times as long as those of windows that come in time: who comes late comes from
  /// anywhere, and would have a file begun each time.
  private static final int LATE_SPANS = 24;

  /// Of windows and probes that come as time goes.
  static FileRule inTime(Resolution resolution) {
    return new FileRule(resolution.word(), resolution.fileSeconds(), true);
  }

  /// Of windows that come late, in any order.
  static FileRule late(Resolution resolution) {
    return new FileRule("late" + resolution.word(), resolution.fileSeconds() * LATE_SPANS, false);
  }

  /// When a file begins whose first block is of this time, as its name says.
  long begin(long startSeconds) {
    return isOrdered ? startSeconds : Math.floorDiv(startSeconds, seconds) * seconds;
  }

  /// When a file that begins at this time ends.
  long end(long beginSeconds) {
    return (Math.floorDiv(beginSeconds, seconds) + 1) * seconds;
  }
}
