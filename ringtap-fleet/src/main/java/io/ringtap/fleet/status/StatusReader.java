package io.ringtap.fleet.status;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicReader;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// Finds out how a fleet is, again and again: it reads who is watched and what agents say, and asks
/// Kafka for the consumer groups. One thread uses it.
public final class StatusReader implements AutoCloseable {
  /// Longer than an agent is silent.
  private static final long HEARING_NANOS = Duration.ofSeconds(6).toNanos();

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Connection connection;
  private final Topics topics;
  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final InstantSource clock = InstantSource.system();
  private final Census census = new Census();
  private int shards;
  private List<TopicPartition> delivered = List.of();
  private boolean isFresh; // what is read has just been written
  private boolean hasHeard; // of each agent, as far as it speaks

  private StatusReader(
      Connection connection, Topics topics, Admin admin, Consumer<byte[], byte[]> consumer) {
    this.connection = connection;
    this.topics = topics;
    this.admin = admin;
    this.consumer = consumer;
  }

  /// Connects, and reads what is on the topics of targets and agents.
  ///
  /// @throws BrokerException if that is not allowed, there are no such topics, or no broker answers
  public static StatusReader open(Connection connection, Topics topics)
      throws BrokerException, InterruptedException {
    Admin admin = connection.admin();
    try {
      StatusReader reader =
          new StatusReader(
              connection,
              topics,
              admin,
              connection.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")));
      try {
        reader.begin();
      } catch (BrokerException | InterruptedException | RuntimeException e) {
        reader.closeConsumer();
        throw e;
      }
      return reader;
    } catch (BrokerException | InterruptedException | RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private void begin() throws BrokerException, InterruptedException {
    Right.check(
        connection,
        admin,
        List.of(
            new Right(AclOperation.READ, topics.targets()),
            new Right(AclOperation.READ, topics.agents()),
            new Right(AclOperation.DESCRIBE, topics.results()),
            new Right(AclOperation.DESCRIBE, topics.events())));
    Map<String, Integer> partitions =
        new TopicAdmin(connection, admin)
            .partitions(
                List.of(topics.targets(), topics.agents(), topics.results(), topics.events()));
    shards = partitions.getOrDefault(topics.targets(), 0);
    delivered = new ArrayList<>();
    for (String topic : List.of(topics.results(), topics.events())) {
      delivered.addAll(TopicReader.partitions(topic, partitions.getOrDefault(topic, 0)));
    }
    new TopicReader(connection, consumer)
        .readAll(
            Map.of(
                topics.targets(),
                shards,
                topics.agents(),
                partitions.getOrDefault(topics.agents(), 0)),
            this::take);
    isFresh = true;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.targets())) {
      census.takeTarget(record.partition(), record.key(), record.value());
    } else {
      census.takeAgent(record.key(), record.value(), record.timestamp(), isFresh, clock.millis());
    }
  }

  /// Takes in what is written, no longer than a time.
  ///
  /// @throws BrokerException if that is not allowed any more
  public void listen(Duration atMost) throws BrokerException {
    try {
      consumer.poll(atMost).forEach(this::take);
    } catch (KafkaException e) {
      throw connection.explain(e, AclOperation.READ, topics.agents());
    }
  }

  /// Says how the fleet is. The first time this takes a few seconds if an agent that the groups
  /// have seems to be silent, or its clock to be off: it is waited for what it says next.
  ///
  /// @param only sites, also such of which nothing is known; empty for all that there are
  /// @throws BrokerException if something is not allowed, or no broker answers
  public FleetStatus read(Collection<String> only) throws BrokerException, InterruptedException {
    Groups groups = new Groups(connection, admin, topics, delivered);
    Map<String, SiteGroup> bySite = groups.ofSites(sites(only));
    if (!hasHeard) {
      hasHeard = true;
      long end = System.nanoTime() + HEARING_NANOS;
      while (isUnclear(bySite) && System.nanoTime() < end) {
        listen(POLL);
      }
    }
    long now = clock.millis();
    List<SiteStatus> sites = new ArrayList<>();
    for (String site : sites(only)) {
      sites.add(census.site(site, bySite.getOrDefault(site, SiteGroup.NONE), shards, now));
    }
    return new FleetStatus(
        now, shards, census.targets(), census.invalid(), census.newer(), sites, groups.readers());
  }

  private Collection<String> sites(Collection<String> only) {
    return only.isEmpty() ? census.sites(clock.millis()) : only;
  }

  private boolean isUnclear(Map<String, SiteGroup> groups) {
    long now = clock.millis();
    return groups.entrySet().stream()
        .anyMatch(each -> census.isUnclear(each.getKey(), each.getValue(), now));
  }

  private void closeConsumer() {
    consumer.close(CloseOptions.timeout(CLOSING));
  }

  @Override
  public void close() {
    closeConsumer();
    admin.close(CLOSING);
  }
}
