package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lanes of one destination. The events of a target all go by the same lane, so they come in
/// order; those of others may overtake them by another.
final class LaneSet {
  private final List<Lane> lanes;

  /// @param count how many there are
  /// @param lane makes one
  LaneSet(int count, Supplier<Lane> lane) {
    lanes = Stream.generate(lane).limit(count).toList();
  }

  /// @param queuedNanos since when it waits, by [System#nanoTime]
  void add(Event event, long queuedNanos) {
    lanes.get(event.target().id() % lanes.size()).add(event, queuedNanos);
  }

  /// Whether waiting brings nothing more to it: it has everything, or does not take it.
  boolean needsNoTime() {
    return lanes.stream().allMatch(Lane::needsNoTime);
  }

  /// How all of them do together.
  DeliveryStatus status(String kind) {
    return lanes.stream().map(lane -> lane.status(kind)).reduce(LaneSet::sum).orElseThrow();
  }

  private static DeliveryStatus sum(DeliveryStatus a, DeliveryStatus b) {
    @Nullable String failing = a.failing() == null ? b.failing() : a.failing();
    return new DeliveryStatus(
        a.kind(),
        a.name(),
        a.queued() + b.queued(),
        a.delivered() + b.delivered(),
        a.refused() + b.refused(),
        a.dropped() + b.dropped(),
        a.replaced() + b.replaced(),
        a.pending() + b.pending(),
        failing);
  }

  /// Ends all of them.
  ///
  /// @return what they have not delivered; that of a target in order
  List<Event> close() {
    return lanes.stream().map(Lane::close).flatMap(List::stream).toList();
  }
}
