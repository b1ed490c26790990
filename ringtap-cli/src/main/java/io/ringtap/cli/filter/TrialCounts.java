package io.ringtap.cli.filter;

/// What a filter did with the packets of a file so far.
///
/// @param instructions executed for all packets together
record TrialCounts(long packets, long matched, long instructions) {
  static final TrialCounts NONE = new TrialCounts(0, 0, 0);
}
