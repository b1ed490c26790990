package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lanes of one destination. The events of a target all go by the same lane, so they come in
/// order; those of others may overtake them by another.
final class LaneSet implements AutoCloseable {
  private final List<Lane> lanes;

  /// @param count how many there are
  /// @param lane makes one
  LaneSet(int count, Supplier<Lane> lane) {
    lanes = Stream.generate(lane).limit(count).toList();
  }

  void add(Event event) {
    lanes.get(event.target().id() % lanes.size()).add(event);
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

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
