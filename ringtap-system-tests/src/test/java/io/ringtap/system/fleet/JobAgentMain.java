package io.ringtap.system.fleet;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.job.JobTopics;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.work.JobPolicy;
import io.ringtap.fleet.job.work.JobRunner;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Topics;
import io.ringtap.packet.IpRange;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/// An agent that does jobs and nothing else, as a process for tests: `BOOTSTRAP PREFIX SITE AGENT
/// ALLOWED RATE`. It ends with its standard input.
final class JobAgentMain {
  private JobAgentMain() {}

  public static void main(String[] arguments) throws Exception {
    Topics topics = Topics.parse(arguments[1]);
    Worker worker = new Worker(arguments[2], arguments[3], System.currentTimeMillis());
    JobPolicy policy =
        JobPolicy.of(
            List.of(IpRange.parse(arguments[4].equals("any") ? "0.0.0.0/0" : arguments[4])),
            Double.parseDouble(arguments[5]));
    Connection connection = Connection.of(List.of(arguments[0]), null);
    JobTopics.make(connection, topics, List.of());
    try (Admin admin = connection.admin()) {
      new TopicAdmin(connection, admin).make(List.of(TopicForm.compacted(topics.agents(), 1)));
    }
    try (var orders = connection.consumer(Map.of());
        var results = connection.producer(Map.of());
        JobRunner _ =
            JobRunner.start(
                worker,
                policy,
                topics,
                new JobRunner.Clients(orders, results),
                line -> System.out.println(worker + ": " + line))) {
      AgentRecord record =
          new AgentRecord(
              new Origin(worker.site(), worker.agent(), worker.run(), 1, 1),
              "0",
              "host",
              worker.run(),
              1,
              List.of(),
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              false);
      results.send(new ProducerRecord<>(topics.agents(), record.key(), record.encode())).get();
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // until the test lets go
      }
    }
  }
}
