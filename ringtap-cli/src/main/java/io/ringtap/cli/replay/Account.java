package io.ringtap.cli.replay;

import io.ringtap.send.SendCounters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a file's packets.
///
/// @param filtered packets that did not match the expression; null if there is none
/// @param elapsed from the first packet to the end
/// @param ideal what that would be if each packet had gone when it was due; null if as fast as
///   possible
record Account(
    ReplayPlan plan,
    SendCounters counters,
    @Nullable Long filtered,
    Duration elapsed,
    @Nullable Duration ideal) {
  private static final double NANOS_PER_SECOND = 1e9;

  double packetsPerSecond() {
    return perSecond(counters.sent());
  }

  double bitsPerSecond() {
    return perSecond(counters.sentBytes() * Byte.SIZE);
  }

  private double perSecond(long count) {
    return count * NANOS_PER_SECOND / Math.max(1, elapsed.toNanos());
  }
}
