package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;
import org.jspecify.annotations.Nullable;

/// Something has begun or ended, at one target. A state such as [EventKind#DOWN] makes two of them,
/// which have the same [since][#sinceNanos].
///
/// @param target where
/// @param kind what
/// @param isBegin whether it begins; false if it ends. Always true of a kind that has no end
/// @param sinceNanos when it began, in nanoseconds since the epoch: of [EventKind#DOWN] when the
///   first of the probes in a row was sent
/// @param epochNanos when that was known, in nanoseconds since the epoch
/// @param detail in words, for people: the figure and the limit, or the old and the new address
/// @param seenBy what all sites of a fleet say when this becomes known; null in a monitor that
///   probes by itself
public record Event(
    Target target,
    EventKind kind,
    boolean isBegin,
    long sinceNanos,
    long epochNanos,
    String detail,
    @Nullable SeenBy seenBy) {
  /// Of a monitor that probes by itself.
  public Event(
      Target target,
      EventKind kind,
      boolean isBegin,
      long sinceNanos,
      long epochNanos,
      String detail) {
    this(target, kind, isBegin, sinceNanos, epochNanos, detail, null);
  }

  /// The same with what the sites say now.
  public Event seenBy(SeenBy now) {
    return new Event(target, kind, isBegin, sinceNanos, epochNanos, detail, now);
  }
}
