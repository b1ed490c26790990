package io.ringtap.fleet.plan;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.broker.TopicReader;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;

/// The topic of targets, as it is compared with a file and changed. One thread uses it.
public final class TargetTopic implements AutoCloseable {
  /// What is not confirmed within a minute is said to be so. Large batches, one after the other: a
  /// broker that is slow then has nothing to put in order.
  private static final Map<String, ?> CHECKED =
      Map.of(
          ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
          ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);

  private final Connection connection;
  private final Topics topics;
  private final Admin admin;
  private final int shards;

  private TargetTopic(Connection connection, Topics topics, Admin admin, int shards) {
    this.connection = connection;
    this.topics = topics;
    this.admin = admin;
    this.shards = shards;
  }

  /// Looks for the topic.
  ///
  /// @throws BrokerException if no broker answers, or the topic may not be looked at
  public static TargetTopic open(Connection connection, Topics topics)
      throws BrokerException, InterruptedException {
    Admin admin = connection.admin();
    try {
      TopicAdmin looker = new TopicAdmin(connection, admin);
      TopicForm form = TopicForm.compacted(topics.targets(), Topics.DEFAULT_SHARDS);
      boolean isMissing = !looker.missing(List.of(form)).isEmpty();
      int shards =
          isMissing
              ? 0
              : looker.partitions(List.of(topics.targets())).getOrDefault(topics.targets(), 0);
      return new TargetTopic(connection, topics, admin, shards);
    } catch (BrokerException | InterruptedException | RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /// Its name.
  public String name() {
    return topics.targets();
  }

  /// How many partitions it has; 0 if it is not there.
  public int shards() {
    return shards;
  }

  /// What is to be changed for it to say what a file says.
  ///
  /// @param wanted how many partitions it is to get if it is not there
  /// @param isPruning whether what is not in the file is to go
  /// @throws BrokerException if it cannot be read
  /// @throws LaterVersion if a later version has written what would be changed
  public Plan plan(List<TargetRecord> targets, int wanted, boolean isPruning)
      throws BrokerException, LaterVersion, InterruptedException {
    Planner planner = new Planner(targets, shards == 0 ? wanted : shards);
    if (shards > 0) {
      try (Consumer<byte[], byte[]> consumer = connection.consumer(Map.of())) {
        new TopicReader(connection, consumer)
            .readAll(
                name(),
                shards,
                record -> planner.take(record.partition(), record.key(), record.value()));
      }
    }
    return planner.plan(isPruning);
  }

  /// Makes the topics of the fleet if there is none of targets, else checks that it is compacted;
  /// then writes a plan.
  ///
  /// @param wanted as [#plan] was told
  /// @param isCancelled asked before each change whether to write no more
  /// @throws BrokerException if nothing was written
  public Outcome write(Plan plan, int wanted, BooleanSupplier isCancelled)
      throws BrokerException, InterruptedException {
    TopicAdmin maker = new TopicAdmin(connection, admin);
    maker.make(
        shards == 0
            ? TopicForm.ofFleet(topics, wanted)
            : List.of(TopicForm.compacted(name(), shards)));
    try (Producer<byte[], byte[]> producer = connection.producer(CHECKED)) {
      return PlanWriter.write(
          plan,
          producer,
          name(),
          isCancelled,
          e -> String.valueOf(connection.explain(e, AclOperation.WRITE, name()).getMessage()));
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
