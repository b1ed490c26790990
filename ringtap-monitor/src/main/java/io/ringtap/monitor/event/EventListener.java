package io.ringtap.monitor.event;

/// Hears of events.
@FunctionalInterface
public interface EventListener {
  /// Something has begun or ended. Runs on the collector's thread and holds it up, so what must
  /// wait for a disk or a network belongs on a thread of the listener's own.
  void onEvent(Event event);
}
