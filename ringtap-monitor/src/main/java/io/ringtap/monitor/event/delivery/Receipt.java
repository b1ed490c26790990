package io.ringtap.monitor.event.delivery;

/// What came of an attempt to deliver events.
sealed interface Receipt {
  /// It is known there.
  record Delivered() implements Receipt {}

  /// It may be known there if it is tried again.
  ///
  /// @param why in one line
  record Failed(String why) implements Receipt {}

  /// Trying again would be of no use.
  ///
  /// @param why in one line
  record Refused(String why) implements Receipt {}
}
