package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.ResultRecord;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Plays the agents of a fleet: makes its topics, and writes what they would write.
final class FleetTopics implements AutoCloseable {
  private static final int PARTITIONS = 4;

  final Topics topics;
  private final String bootstrap;
  private final long run = System.currentTimeMillis();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Long> numbers = new HashMap<>(); // by site

  FleetTopics(String bootstrap, String prefix) throws ExecutionException, InterruptedException {
    this.bootstrap = bootstrap;
    topics = new Topics(prefix);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      List<NewTopic> all = new ArrayList<>();
      for (String name :
          List.of(topics.targets(), topics.agents(), topics.results(), topics.events())) {
        all.add(new NewTopic(name, PARTITIONS, (short) 1));
      }
      admin.createTopics(all).all().get();
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static TargetKey key(String host) {
    return new TargetKey("core", host, AddressFamily.ANY);
  }

  /// The next record of a site's only agent.
  Origin next(String site) {
    return new Origin(site, "a1", run, numbers.merge(site, 1L, Long::sum), 1);
  }

  void put(String topic, byte[] key, byte[] value) {
    var _ = producer.send(new ProducerRecord<>(topic, key, value));
  }

  /// Gives a topic one partition more.
  void addPartition(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(PARTITIONS + 1))).all().get();
    }
  }

  /// Puts a result into the partition that was [added][#addPartition]. The producer may not know of
  /// it yet, so another one is used.
  void putIntoAdded(ResultRecord record) {
    try (KafkaProducer<byte[], byte[]> other =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var _ =
          other.send(
              new ProducerRecord<>(topics.results(), PARTITIONS, record.key(), record.encode()));
    }
  }

  void put(ResultRecord record) {
    put(topics.results(), record.key(), record.encode());
  }

  /// How many events have been delivered, by the offsets that readers have committed.
  long committed() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      return admin
          .listConsumerGroupOffsets(topics.alertGroup())
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  /// All that was put is there.
  void flush() {
    producer.flush();
  }

  void target(String host, Map<String, String> labels, List<String> sites) {
    TargetRecord record =
        new TargetRecord(
            "core", host, "name of " + host, labels, sites, ProbeSettings.DEFAULT, List.of());
    put(topics.targets(), record.key(), record.encode());
  }

  void deleteTarget(String host) {
    var _ =
        producer.send(
            new ProducerRecord<>(
                topics.targets(), ("core/" + host).getBytes(StandardCharsets.UTF_8), null));
  }

  void agent(String site) {
    AgentRecord record =
        new AgentRecord(
            new Origin(site, "a1", 1, 1),
            "1.0",
            "machine",
            System.currentTimeMillis(),
            100,
            List.of(0),
            1,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            false);
    put(topics.agents(), record.key(), record.encode());
  }

  WindowRecord window(Origin origin, String host, long start, int replies) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    for (int i = 0; i < replies; i++) {
      counts.add(Outcome.REPLY);
      rtt.add(1_000_000L + 1_000L * i);
    }
    counts.add(Outcome.LOST, 10 - replies);
    return new WindowRecord(
        origin,
        key(host),
        IpAddress.parse("192.0.2.1"),
        new Window(start, Window.BASE_SECONDS, counts, rtt, 60));
  }

  void event(Origin origin, String host, boolean isBegin, long second) {
    EventRecord record =
        new EventRecord(
            origin,
            key(host),
            EventKind.DOWN,
            isBegin,
            second * 1_000_000_000,
            second * 1_000_000_000 + (isBegin ? 1 : 2),
            isBegin ? "3 probes in a row without a reply" : "a reply");
    put(topics.events(), record.key(), record.encode());
  }

  @Override
  public void close() {
    producer.close();
  }
}
