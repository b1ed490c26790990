package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What is still to be sent to one destination, the oldest first, and never more than so much. Any
/// thread may use it.
final class EventQueue {
  /// How long events are kept apart.
  enum Collapse {
    /// A newer event of a state takes the place of an older one: for those who only want to know
    /// how things are.
    ALWAYS,
    /// Only when there is no room: the end of a state then takes the place of its begin.
    WHEN_FULL
  }

  /// @param queuedNanos when it came, by [System#nanoTime]
  record Entry(Event event, long queuedNanos) {}

  /// What has been counted so far, as in [DeliveryStatus].
  record Counts(long queued, long dropped, long replaced) {}

  /// A place in the queue.
  private record Place(EventKey key, boolean isBegin) {}

  private final int capacity;
  private final Collapse collapse;
  private final LinkedHashMap<Place, Entry> entries = new LinkedHashMap<>();
  private long queued;
  private long dropped;
  private long replaced;

  EventQueue(int capacity, Collapse collapse) {
    this.capacity = capacity;
    this.collapse = collapse;
  }

  /// @param queuedNanos when it came, by [System#nanoTime]
  synchronized void add(Event event, long queuedNanos) {
    queued++;
    EventKey key = EventKey.of(event);
    boolean isBegin = collapse == Collapse.WHEN_FULL && event.isBegin();
    if (collapse == Collapse.WHEN_FULL && entries.size() >= capacity && !event.isBegin()) {
      replaced += entries.remove(new Place(key, true)) == null ? 0 : 1;
    }
    Entry entry = new Entry(event, queuedNanos);
    if (entries.put(new Place(key, isBegin), entry) != null) {
      replaced++;
    }
    if (entries.size() > capacity) {
      entries.pollFirstEntry();
      dropped++;
    }
    notifyAll();
  }

  /// Takes the oldest ones out; waits until there is one.
  ///
  /// @param most how many at most
  synchronized List<Entry> take(int most) throws InterruptedException {
    while (entries.isEmpty()) {
      wait();
    }
    List<Entry> taken = new ArrayList<>();
    while (taken.size() < most && !entries.isEmpty()) {
      taken.add(entries.pollFirstEntry().getValue());
    }
    return taken;
  }

  /// Takes all out, without waiting.
  synchronized List<Entry> drain() {
    List<Entry> all = List.copyOf(entries.values());
    entries.clear();
    return all;
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized Counts counts() {
    return new Counts(queued, dropped, replaced);
  }
}
