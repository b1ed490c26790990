package io.ringtap.monitor.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps the newest events in memory. Targets it need not keep: the [Inventory] has them.
final class MemoryLedger implements Ledger {
  private static final int MOST_EVENTS = 10_000;

  private final Deque<StoredEvent> events = new ArrayDeque<>(); // oldest first

  MemoryLedger() {}

  @Override
  public long storeId() {
    return 0;
  }

  @Override
  public List<StoredTarget> targets() {
    return List.of();
  }

  @Override
  public void saveTargets(List<StoredTarget> targets) {}

  @Override
  public synchronized void addEvents(List<StoredEvent> more) {
    events.addAll(more);
    while (events.size() > MOST_EVENTS) {
      events.removeFirst();
    }
  }

  @Override
  public synchronized List<StoredEvent> events(EventFilter filter) {
    Iterator<StoredEvent> newestFirst = events.descendingIterator();
    return Stream.generate(newestFirst::next)
        .limit(events.size())
        .filter(filter::takes)
        .limit(filter.limit())
        .toList();
  }

  @Override
  public List<StoredEvent> openEvents() {
    return List.of();
  }

  @Override
  public long lastNumber() {
    return 0;
  }

  @Override
  public List<StoredDelivery> undelivered() {
    return List.of();
  }

  @Override
  public boolean keepUndelivered(List<StoredDelivery> deliveries) {
    return deliveries.isEmpty();
  }

  @Override
  public void deleteEvents(long beforeNanos) {}

  @Override
  public Map<String, byte[]> marks() {
    return Map.of();
  }

  @Override
  public void saveMarks(Map<String, byte[]> changed) {}

  @Override
  public void cutEvents(long lastNumber) {}

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {}
}
