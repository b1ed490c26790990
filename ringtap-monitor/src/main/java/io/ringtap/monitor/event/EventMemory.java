package io.ringtap.monitor.event;

import java.util.List;

/// What is known from before this process, and from before the last hours: the store has it. Any
/// thread may ask; an answer may take as long as a disk does.
public interface EventMemory {
  /// Of a monitor without a history.
  EventMemory NONE =
      new EventMemory() {
        @Override
        public List<Event> openEvents() {
          return List.of();
        }

        @Override
        public long[] medians(int targetId, long hourStartSeconds, int days) {
          return new long[0];
        }
      };

  /// The states that had begun and not ended when the last process did: the event with which each
  /// began. Of the target's settings nothing is used, so they need not be kept.
  List<Event> openEvents();

  /// What destinations had not taken when the last process ended, in the order in which it
  /// happened.
  default List<UndeliveredEvent> undelivered() {
    return List.of();
  }

  /// Keeps what destinations have not taken, in place of what was kept before.
  ///
  /// @return false if it will not be there after a restart
  default boolean keepUndelivered(List<UndeliveredEvent> events) {
    return events.isEmpty();
  }

  /// The median round-trip time that a target had in the same hour of each of the days before, in
  /// nanoseconds, in any order. Days of which nothing is known are left out.
  ///
  /// @param hourStartSeconds when the hour begins that is compared, in seconds since the epoch: the
  ///   hours looked at begin whole days of 86 400 s before it
  /// @param days how many days are looked back
  long[] medians(int targetId, long hourStartSeconds, int days);
}
