package io.ringtap.fleet.reader;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.MonitorSetup;

/// What a monitor of a fleet is started with.
///
/// @param monitor how it serves, keeps and delivers; its groups do not count
/// @param connection to the Kafka cluster
/// @param topics of the fleet
/// @param mostWaiting so many windows wait in memory to be written, at the most
public record ReaderSetup(
    MonitorSetup monitor, Connection connection, Topics topics, int mostWaiting) {
  /// Some 25 MB of memory.
  private static final int MOST_WAITING = 50_000;

  /// With as many windows in memory as a heap of 200 MB has room for.
  public ReaderSetup(MonitorSetup monitor, Connection connection, Topics topics) {
    this(monitor, connection, topics, MOST_WAITING);
  }
}
