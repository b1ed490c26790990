package io.ringtap.fleet.delivery;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.ResultRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Reads all that is in a topic of results.
final class TopicReader {
  private TopicReader() {}

  /// A record: whose it is, and up to which number it says that results are missing.
  record Entry(int partition, Origin origin, long last, boolean isGap) {}

  /// All records, in the order of each partition.
  static List<Entry> read(Connection connection, String topic) throws IOException {
    List<Entry> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = connection.consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(each -> each).sum();
      while (partitions.stream().mapToLong(consumer::position).sum() < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> all.add(entry(record.partition(), record.value())));
      }
    }
    return all;
  }

  private static Entry entry(int partition, byte[] value) {
    return switch (ResultRecord.read(value)) {
      case Reading.Valid<ResultRecord>(GapRecord gap) ->
          new Entry(partition, gap.origin(), gap.last(), true);
      case Reading.Valid<ResultRecord>(ResultRecord result) ->
          new Entry(partition, result.origin(), result.origin().sequence(), false);
      case Reading<ResultRecord> other -> throw new AssertionError(other);
    };
  }
}
