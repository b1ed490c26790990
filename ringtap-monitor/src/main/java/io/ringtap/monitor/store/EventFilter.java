package io.ringtap.monitor.store;

/// Which events are asked for. The newest of them are given, newest first.
///
/// @param targetId of one target; [#ALL_TARGETS] asks for those of all
/// @param fromNanos known at this time or later, in nanoseconds since the epoch
/// @param toNanos known before this time
/// @param limit how many at most
public record EventFilter(int targetId, long fromNanos, long toNanos, int limit) {
  /// In place of a target's number.
  public static final int ALL_TARGETS = -1;

  /// The newest of all targets.
  ///
  /// @param limit how many at most
  public static EventFilter newest(int limit) {
    return new EventFilter(ALL_TARGETS, Long.MIN_VALUE, Long.MAX_VALUE, limit);
  }

  boolean takes(StoredEvent event) {
    return (targetId == ALL_TARGETS || event.targetId() == targetId)
        && event.epochNanos() >= fromNanos
        && event.epochNanos() < toNanos;
  }
}
