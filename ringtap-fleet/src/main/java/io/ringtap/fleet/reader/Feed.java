package io.ringtap.fleet.reader;

import static java.util.Objects.requireNonNull;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.record.Topics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/// Reads the topics of a fleet: all partitions, without a group, from the offsets where it is told
/// to begin. One thread uses it.
final class Feed implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.ringtap.fleet.reader");
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int FETCHED_BYTES = 8 << 20; // of one answer of a broker

  /// How soon more partitions of a topic are seen.
  private static final int METADATA_MILLIS = 10_000;

  private final Topics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, String> ids; // of topics, by name
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>(); // when reading began

  private Feed(Topics topics, Consumer<byte[], byte[]> consumer, Map<String, String> ids) {
    this.topics = topics;
    this.consumer = consumer;
    this.ids = ids;
  }

  /// Connects. Nothing is read before [#addWhole] and [#add].
  ///
  /// @param mostRecords that one poll gives
  /// @throws BrokerException if the cluster cannot be reached, or has no such topics
  static Feed open(Connection connection, Topics topics, int mostRecords)
      throws BrokerException, InterruptedException {
    Map<String, String> ids = new HashMap<>();
    List<String> all =
        List.of(topics.targets(), topics.agents(), topics.results(), topics.events());
    try (Admin admin = connection.admin()) {
      Right.check(
          connection, admin, all.stream().map(it -> new Right(AclOperation.READ, it)).toList());
      for (String topic : all) {
        TopicDescription found =
            connection.await(
                requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)),
                AclOperation.DESCRIBE,
                topic);
        ids.put(topic, found.topicId().toString());
      }
    }
    return new Feed(
        topics,
        connection.consumer(
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(mostRecords),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCHED_BYTES),
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, Integer.toString(METADATA_MILLIS))),
        ids);
  }

  /// Reads a topic from its beginning.
  void addWhole(String topic) {
    List<TopicPartition> all = partitions(topic);
    assign(all);
    consumer.seekToBeginning(all);
  }

  /// Reads a topic on from where it was read up to; partitions of which that is not known, from a
  /// time.
  ///
  /// @param from the time; null begins with what there is
  void add(String topic, Positions positions, @Nullable Instant from) {
    List<TopicPartition> all = partitions(topic);
    assign(all);
    List<TopicPartition> unknown = new ArrayList<>();
    for (TopicPartition each : all) {
      long next = positions.next(each, ids.getOrDefault(topic, ""));
      if (next < 0) {
        unknown.add(each);
      } else {
        consumer.seek(each, next);
      }
    }
    if (unknown.isEmpty()) {
      return; // to Kafka none would be all
    }
    if (from == null) {
      consumer.seekToBeginning(unknown);
      return;
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    unknown.forEach(each -> times.put(each, from.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition each : unknown) {
      OffsetAndTimestamp offset = offsets.get(each);
      if (offset == null) {
        consumer.seekToEnd(List.of(each));
      } else {
        consumer.seek(each, offset.offset());
      }
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo each : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, each.partition()));
    }
    return partitions;
  }

  private void assign(Collection<TopicPartition> more) {
    assigned.addAll(more);
    consumer.assign(assigned);
    ends.putAll(consumer.endOffsets(more));
  }

  /// Looks whether topics have got more partitions, and reads these from their beginning.
  void look() {
    for (String topic : ids.keySet()) {
      List<TopicPartition> more = partitions(topic);
      more.removeAll(assigned);
      if (!more.isEmpty()) {
        assigned.addAll(more);
        consumer.assign(assigned);
        consumer.seekToBeginning(more);
        LOG.log(Level.INFO, topic + " has " + more.size() + " more partitions");
      }
    }
  }

  /// Gives what there is, or waits for it.
  ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    try {
      return consumer.poll(patience);
    } catch (OffsetOutOfRangeException e) {
      Set<TopicPartition> lost = e.offsetOutOfRangePartitions().keySet();
      Map<TopicPartition, Long> begin = consumer.beginningOffsets(lost);
      e.offsetOutOfRangePartitions()
          .forEach((partition, offset) ->
              LOG.log(
                  Level.WARNING,
                  "%s: the records from %d to %d are gone before they were read; goes on with what is there"
                      .formatted(partition, offset, begin.getOrDefault(partition, 0L))));
      consumer.seekToBeginning(lost);
      return ConsumerRecords.empty();
    }
  }

  /// Whether all that was there when reading began has been read.
  boolean isAtEnds() {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return ends.isEmpty();
  }

  /// How many records of results and events have not been read, as far as that is known.
  long lag() {
    long sum = 0;
    for (TopicPartition each : assigned) {
      if (isKept(each.topic())) {
        OptionalLong lag = consumer.currentLag(each);
        sum += Math.max(0, lag.orElse(0));
      }
    }
    return sum;
  }

  private boolean isKept(String topic) {
    return topic.equals(topics.results()) || topic.equals(topics.events());
  }

  /// Up to where results and events have been read.
  Positions positions() {
    Map<String, Positions.OfTopic> all = new HashMap<>();
    for (TopicPartition each : assigned) {
      if (isKept(each.topic())) {
        all.computeIfAbsent(
                each.topic(),
                topic -> new Positions.OfTopic(ids.getOrDefault(topic, ""), new HashMap<>()))
            .next()
            .put(each.partition(), consumer.position(each));
      }
    }
    return new Positions(all);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(FAREWELL));
  }
}
