package io.ringtap.monitor.store;

import io.ringtap.monitor.config.EventKind;
import org.jspecify.annotations.Nullable;

/// An event as the store knows it; its target may not be watched any more.
///
/// @param number by rising time of being told, from 1
/// @param targetId where
/// @param kind what
/// @param isBegin whether it begins; false if it ends
/// @param sinceNanos when it began, in nanoseconds since the epoch
/// @param epochNanos when that was known, in nanoseconds since the epoch
/// @param detail in words, for people
/// @param sites what all sites of a fleet said then, in words; null without a fleet
public record StoredEvent(
    long number,
    int targetId,
    EventKind kind,
    boolean isBegin,
    long sinceNanos,
    long epochNanos,
    String detail,
    @Nullable String sites) {
  /// Without a fleet.
  public StoredEvent(
      long number,
      int targetId,
      EventKind kind,
      boolean isBegin,
      long sinceNanos,
      long epochNanos,
      String detail) {
    this(number, targetId, kind, isBegin, sinceNanos, epochNanos, detail, null);
  }
}
