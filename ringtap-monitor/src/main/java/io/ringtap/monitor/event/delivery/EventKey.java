package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;

/// What makes two events the begin and the end of one state, or one event sent twice.
///
/// @param target the number of the target
/// @param sinceNanos when the state began, in nanoseconds since the epoch
record EventKey(int target, EventKind kind, long sinceNanos) {
  static EventKey of(Event event) {
    return new EventKey(event.target().id(), event.kind(), event.sinceNanos());
  }
}
