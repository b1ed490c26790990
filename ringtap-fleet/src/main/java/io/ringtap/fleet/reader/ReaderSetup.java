package io.ringtap.fleet.reader;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.MonitorSetup;

/// What a monitor of a fleet is started with.
///
/// @param monitor how it serves, keeps and delivers; its groups do not count
/// @param connection to the Kafka cluster
/// @param topics of the fleet
public record ReaderSetup(MonitorSetup monitor, Connection connection, Topics topics) {}
