package io.ringtap.monitor.event.delivery;

import java.time.Duration;

/// How long is waited between attempts, and in all.
///
/// @param first after the first attempt that failed; doubled after each further one
/// @param longest between two attempts
/// @param giveUp how old an event may become in the queue
record Patience(Duration first, Duration longest, Duration giveUp) {
  /// Gives up an event that could not be delivered for an hour.
  static final Patience AN_HOUR =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofHours(1));

  /// The same, but never giving up: for states that are sent again and again anyway.
  Patience withoutEnd() {
    return new Patience(first, longest, Duration.ofDays(36_500));
  }
}
