package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import java.util.List;

/// Tells one destination of events, and waits for what comes of it.
@FunctionalInterface
interface Sender {
  /// Tells it, in one attempt.
  ///
  /// @param events in the order in which they happened, at least one
  /// @throws InterruptedException if the monitor ends meanwhile
  Receipt send(List<Event> events) throws InterruptedException;
}
