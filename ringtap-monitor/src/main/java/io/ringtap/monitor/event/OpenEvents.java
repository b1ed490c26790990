package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The states that have begun and not ended, each as the event with which it began. Any thread may
/// read; whoever makes the events changes them, before the [EventListener] is called.
public final class OpenEvents {
  // Only targets with an open state are in it.
  private final ConcurrentMap<Integer, List<Event>> byTarget = new ConcurrentHashMap<>();

  OpenEvents() {}

  /// The open states of a target, in the order of their kinds; empty if there are none.
  public List<Event> of(int targetId) {
    return byTarget.getOrDefault(targetId, List.of());
  }

  /// Whether a target is in such a state.
  public boolean has(int targetId, EventKind kind) {
    return of(targetId).stream().anyMatch(event -> event.kind() == kind);
  }

  /// All open states, the longest first.
  public List<Event> all() {
    List<Event> all = new ArrayList<>();
    byTarget.values().forEach(all::addAll);
    all.sort(Comparator.comparingLong(Event::sinceNanos));
    return all;
  }

  void begin(Event event) {
    byTarget.merge(event.target().id(), List.of(event), (open, more) -> with(open, event));
  }

  void end(int targetId, EventKind kind) {
    byTarget.computeIfPresent(
        targetId,
        (_, open) -> {
          List<Event> left = without(open, kind);
          return left.isEmpty() ? null : left;
        });
  }

  private static List<Event> with(List<Event> open, Event event) {
    List<Event> more = new ArrayList<>(without(open, event.kind()));
    more.add(event);
    more.sort(Comparator.comparing(Event::kind));
    return List.copyOf(more);
  }

  private static List<Event> without(List<Event> open, EventKind kind) {
    return open.stream().filter(event -> event.kind() != kind).toList();
  }
}
