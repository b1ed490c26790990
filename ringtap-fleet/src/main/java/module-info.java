/// The fleet: agents at many sites over Apache Kafka. The command runs it; it is no library.
// "module": those named in "to" are built after this one; the automatic ones are ordinary JARs
@SuppressWarnings({"module", "requires-automatic"})
module io.ringtap.fleet {
  requires transitive io.ringtap.monitor;
  requires java.logging;
  requires kafka.clients;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports io.ringtap.fleet.broker to
      io.ringtap.cli;
  exports io.ringtap.fleet.delivery to
      io.ringtap.cli;
  exports io.ringtap.fleet.job.call to
      io.ringtap.cli;
  exports io.ringtap.fleet.job.message to
      io.ringtap.cli;
  exports io.ringtap.fleet.plan to
      io.ringtap.cli;
  exports io.ringtap.fleet.reader to
      io.ringtap.cli;
  exports io.ringtap.fleet.record to
      io.ringtap.cli;
  exports io.ringtap.fleet.status to
      io.ringtap.cli;
  exports io.ringtap.fleet.stream to
      io.ringtap.cli;
  exports io.ringtap.fleet.agent to
      io.ringtap.cli;
  exports io.ringtap.fleet.shard to
      kafka.clients; // which makes the assignor
}
