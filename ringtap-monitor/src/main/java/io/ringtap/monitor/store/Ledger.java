package io.ringtap.monitor.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Keeps targets and events. Any thread may use it.
interface Ledger extends AutoCloseable {
  /// An event that a destination has not taken.
  ///
  /// @param event its number is its place among them
  record StoredDelivery(String destination, StoredEvent event) {}

  /// A number that the series files of this store have too.
  long storeId();

  /// All targets, by their numbers.
  List<StoredTarget> targets() throws IOException;

  /// Keeps targets; those with the same numbers are replaced.
  void saveTargets(List<StoredTarget> targets) throws IOException;

  /// Keeps more events.
  void addEvents(List<StoredEvent> events) throws IOException;

  /// The newest that were asked for, newest first.
  List<StoredEvent> events(EventFilter filter) throws IOException;

  /// Those with which states began that have not ended.
  List<StoredEvent> openEvents() throws IOException;

  /// The number of the newest event; 0 if there is none.
  long lastNumber() throws IOException;

  /// What destinations had not taken, in order.
  List<StoredDelivery> undelivered() throws IOException;

  /// Keeps what destinations have not taken, in place of what was kept before.
  ///
  /// @return false if it is gone with the process
  boolean keepUndelivered(List<StoredDelivery> deliveries) throws IOException;

  /// Deletes events that are too old or too many, but none that is open.
  ///
  /// @param beforeNanos those that were known before, in nanoseconds since the epoch
  void deleteEvents(long beforeNanos) throws IOException;

  /// What those have noted who bring windows from elsewhere, by their names for it. Of a fleet's
  /// store only.
  Map<String, byte[]> marks() throws IOException;

  /// Replaces marks that have changed, all or none.
  void saveMarks(Map<String, byte[]> changed) throws IOException;

  /// Deletes all events with a higher number.
  void cutEvents(long lastNumber) throws IOException;

  /// What it takes on the disk, in bytes.
  long bytes();

  @Override
  void close();
}
