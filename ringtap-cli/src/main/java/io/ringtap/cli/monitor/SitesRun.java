package io.ringtap.cli.monitor;

import io.ringtap.cli.fleet.KafkaAccess;
import io.ringtap.cli.fleet.KafkaArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.reader.FleetMonitor;
import io.ringtap.fleet.reader.ReaderSetup;
import io.ringtap.fleet.record.Topics;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap monitor --from kafka`. It is loaded only where the fleet's module is.
final class SitesRun {
  private SitesRun() {}

  static int run(
      Configured configured, KafkaArguments kafka, boolean isOnTerminal, CommandSpec spec)
      throws BadArgument, IOException {
    Topics topics = KafkaAccess.topics(kafka);
    Connection connection = KafkaAccess.connection(kafka, new Messages(spec));
    return MonitorRun.run(
        configured,
        (setup, events, onFailure) ->
            FleetMonitor.open(new ReaderSetup(setup, connection, topics), events, onFailure),
        isOnTerminal,
        spec);
  }
}
