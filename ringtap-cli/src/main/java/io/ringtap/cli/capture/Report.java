package io.ringtap.cli.capture;

/// Tells the counts.
interface Report {
  /// Tells them while the capture runs.
  ///
  /// @param before what they were `nanos` ago
  void stats(Totals now, Totals before, long nanos);

  /// Tells them at the end.
  void summary(Totals totals);

  /// Tells the end of a file that was read.
  ///
  /// @param read packets in the file, up to where it was read
  /// @param shown packets of it that were shown or written
  void summary(long read, long shown);
}
