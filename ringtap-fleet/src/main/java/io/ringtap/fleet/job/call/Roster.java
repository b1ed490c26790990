package io.ringtap.fleet.job.call;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/// The agents that have said of themselves lately that they live, whether or not they answer to a
/// job.
///
/// @param agents by `site/agent`
record Roster(Set<String> agents) {
  private static final long FRESH_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  /// Reads the topic of agents; where it cannot be read there are none.
  static Roster read(Connection connection, Topics topics) throws BrokerException {
    Map<String, Boolean> alive = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer = connection.consumer(Map.of())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topics.agents(), PATIENCE);
      List<TopicPartition> all =
          partitions.stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all, PATIENCE);
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      while (ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
          && System.nanoTime() < giveUp) {
        consumer.poll(LOOK).forEach(record -> hear(record, alive));
      }
    } catch (KafkaException e) {
      alive.clear(); // who may ask for jobs need not be allowed to read it
    }
    alive.values().removeIf(isAlive -> !isAlive);
    return new Roster(Set.copyOf(alive.keySet()));
  }

  private static void hear(ConsumerRecord<byte[], byte[]> record, Map<String, Boolean> alive) {
    if (AgentRecord.read(record.value()) instanceof Reading.Valid<AgentRecord>(AgentRecord agent)) {
      boolean isFresh = Math.abs(System.currentTimeMillis() - record.timestamp()) < FRESH_MILLIS;
      alive.put(
          agent.origin().site() + "/" + agent.origin().agent(), isFresh && !agent.isLeaving());
    }
  }

  /// The agents of some sites.
  ///
  /// @param sites empty for all
  Roster at(List<String> sites) {
    Set<String> there = new TreeSet<>();
    for (String agent : agents) {
      if (sites.isEmpty() || sites.contains(siteOf(agent))) {
        there.add(agent);
      }
    }
    return new Roster(there);
  }

  /// The sites of all.
  Set<String> sites() {
    Set<String> sites = new TreeSet<>();
    agents.forEach(agent -> sites.add(siteOf(agent)));
    return sites;
  }

  private static String siteOf(String agent) {
    return agent.substring(0, agent.indexOf('/'));
  }
}
