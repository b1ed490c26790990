package io.ringtap.fleet.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// Reads what is on a topic now, from where a consumer stands to where the topic ends at the moment
/// of asking.
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;

  /// @param consumer which only this uses meanwhile, without a group; the caller's, who closes it
  public TopicReader(Connection connection, Consumer<byte[], byte[]> consumer) {
    this.connection = connection;
    this.consumer = consumer;
  }

  /// All partitions of a topic.
  ///
  /// @param count how many it has
  public static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(i -> new TopicPartition(topic, i)).toList();
  }

  /// Reads all records of a topic. Those of a partition come in their order.
  ///
  /// @param count how many partitions the topic has
  /// @param taker takes each record
  /// @throws BrokerException if that is not allowed, or no broker answers
  public void readAll(
      String topic, int count, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker)
      throws BrokerException, InterruptedException {
    readAll(Map.of(topic, count), taker);
  }

  /// Reads all records of several topics, after which the consumer stands where they end.
  ///
  /// @param counts how many partitions each topic has
  /// @param taker takes each record
  /// @throws BrokerException if that is not allowed, or no broker answers
  public void readAll(
      Map<String, Integer> counts,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker)
      throws BrokerException, InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    counts.forEach((topic, count) -> partitions.addAll(partitions(topic, count)));
    try {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      readToEnd(consumer.endOffsets(partitions), taker);
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw connection.explain(e, AclOperation.READ, String.join(", ", counts.keySet()));
    }
  }

  private void readToEnd(
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    long lastNews = System.nanoTime();
    while (true) {
      for (Iterator<Map.Entry<TopicPartition, Long>> all = left.entrySet().iterator();
          all.hasNext(); ) {
        Map.Entry<TopicPartition, Long> each = all.next();
        // The position passes over what compaction has removed.
        if (consumer.position(each.getKey()) >= each.getValue()) {
          all.remove();
        }
      }
      if (left.isEmpty()) {
        return;
      }
      var records = consumer.poll(POLL);
      records.forEach(taker);
      if (!records.isEmpty()) {
        lastNews = System.nanoTime();
      } else if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        throw new TimeoutException("no records for " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  private static InterruptedException interrupted(InterruptException e) {
    boolean _ = Thread.interrupted(); // which Kafka has set again
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }
}
