package io.ringtap.top;

/// The counts of one thread in one interval. Owned by one thread at a time.
final class IntervalCount {
  final HeavyHitters keys;
  long packets;
  long bytes;
  long notIp;
  long beginNanos; // System.nanoTime
  long endNanos;

  IntervalCount(int counters, KeyHash hash) {
    keys = new HeavyHitters(counters, hash);
  }

  double seconds() {
    return Math.max(1, endNanos - beginNanos) / 1e9;
  }

  /// Forgets the counts. An interval begins where this one ends, unless it is set otherwise.
  void clear() {
    beginNanos = endNanos;
    keys.clear();
    packets = 0;
    bytes = 0;
    notIp = 0;
  }
}
