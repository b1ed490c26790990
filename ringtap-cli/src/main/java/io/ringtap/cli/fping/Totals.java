package io.ringtap.cli.fping;

/// What `-s` adds up.
///
/// @param targets those that were probed
/// @param alive those of them that answered
/// @param unknown names that had no address
/// @param timeouts probes that were not answered in time
/// @param sent probes, with those that the kernel did not take
/// @param received replies, late ones and duplicates too
/// @param others ICMP errors
/// @param rtt round-trip times of replies in time
/// @param elapsedNanos since the beginning, look-ups included
record Totals(
    int targets,
    int alive,
    int unknown,
    long timeouts,
    long sent,
    long received,
    long others,
    Rtt rtt,
    long elapsedNanos) {
  /// Round-trip times in nanoseconds; all 0 without replies.
  record Rtt(long least, long mean, long most) {}

  int unreachable() {
    return targets - alive;
  }
}
