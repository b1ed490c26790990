package io.ringtap.system.fleet;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicReader;
import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.ResultRecord;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the agents of a site have delivered.
final class DeliveredProbes {
  private final Map<Run, Set<Long>> numbers = new HashMap<>();
  private final Map<Part, Long> parts = new HashMap<>();
  private final Map<String, Long> sent = new HashMap<>();
  private int repeated;
  private int partsTwice;

  private record Run(String agent, long start) {}

  /// A run's part of a window.
  private record Part(Run run, TargetKey target, long startSeconds) {}

  private DeliveredProbes() {}

  static DeliveredProbes read(Connection connection, Topics topics)
      throws IOException, InterruptedException {
    DeliveredProbes delivered = new DeliveredProbes();
    try (Consumer<byte[], byte[]> consumer = connection.consumer(Map.of())) {
      Map<String, Integer> counts = new HashMap<>();
      Stream.of(topics.results(), topics.events())
          .forEach(topic -> counts.put(topic, consumer.partitionsFor(topic).size()));
      new TopicReader(connection, consumer)
          .readAll(counts, record -> delivered.add(topics, record));
    }
    return delivered;
  }

  private void add(Topics topics, ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.events())) {
      boolean _ = isNew(valid(EventRecord.read(record.value())).origin());
      return;
    }
    ResultRecord result = valid(ResultRecord.read(record.value()));
    if (isNew(result.origin()) && result instanceof WindowRecord window) {
      add(window);
    }
  }

  private static <T> T valid(Reading<T> reading) {
    if (reading instanceof Reading.Valid<T>(T record)) {
      return record;
    }
    throw new AssertionError(reading);
  }

  private boolean isNew(Origin origin) {
    boolean isNew =
        numbers
            .computeIfAbsent(new Run(origin.agent(), origin.run()), _ -> new HashSet<>())
            .add(origin.sequence());
    repeated += isNew ? 0 : 1;
    return isNew;
  }

  private void add(WindowRecord record) {
    Origin origin = record.origin();
    Part part =
        new Part(
            new Run(origin.agent(), origin.run()), record.target(), record.window().startSeconds());
    if (parts.put(part, origin.sequence()) != null) {
      partsTwice++;
    }
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isEnd() && outcome != Outcome.UNSENT) {
        sent.merge(origin.agent(), record.window().counts().get(outcome), Long::sum);
      }
    }
  }

  /// The probes of an agent, in all of its runs, that were sent.
  long sent(String agent) {
    return sent.getOrDefault(agent, 0L);
  }

  /// How many numbers of records have not come though a higher one of their run has.
  long missing() {
    return numbers.values().stream()
        .mapToLong(each -> each.stream().mapToLong(Long::longValue).max().orElse(0) - each.size())
        .sum();
  }

  /// How many records came again, which their numbers show.
  int repeated() {
    return repeated;
  }

  /// How many windows of a target are in two records of a run with different numbers.
  int partsTwice() {
    return partsTwice;
  }
}
