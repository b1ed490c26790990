package io.ringtap.fleet.stream;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Records for a topic, written while something is measured. Whoever writes is never held up: what
/// waits for a broker has a bound, and what finds no room is counted. Any thread may use it.
public final class RecordStream implements AutoCloseable {
  /// What may wait for a broker, in bytes.
  public static final long ROOM = 16L << 20;

  private static final Duration LAST_WORD = Duration.ofSeconds(2);
  private static final int LOOKS = 300;
  private static final long LOOK_MILLIS = 100;
  private static final Map<String, Object> SETTINGS =
      Map.of(
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          0,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          ROOM,
          ProducerConfig.LINGER_MS_CONFIG,
          100,
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final LongAdder written = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder noRoom = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private volatile @Nullable Exception failure;

  /// What has become of what was written, in the unit of the caller's weights.
  ///
  /// @param written all of it: the sum of the others, and of what is on its way
  /// @param delivered acknowledged by all in-sync replicas
  /// @param noRoom not sent, because too much waited for the broker
  /// @param unknown given up: it may be in the topic, or not
  public record Counts(long written, long delivered, long noRoom, long unknown) {
    /// What is on its way.
    public long waiting() {
      return written - delivered - noRoom - unknown;
    }

    /// Whether all of it is in the topic.
    public boolean isComplete() {
      return delivered == written;
    }
  }

  RecordStream(String topic, Producer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /// Connects, and makes the topic if it is not there.
  ///
  /// @throws BrokerException if no broker answers, or something is not allowed
  public static RecordStream open(Connection connection, TopicForm form)
      throws BrokerException, InterruptedException {
    try (Admin admin = connection.admin()) {
      Right.check(connection, admin, List.of(new Right(AclOperation.WRITE, form.name())));
      new TopicAdmin(connection, admin).make(List.of(form));
    }
    Producer<byte[], byte[]> producer = connection.producer(SETTINGS);
    RecordStream stream = new RecordStream(form.name(), producer);
    try {
      stream.awaitPartitions();
      return stream;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw connection.explain(e, AclOperation.WRITE, form.name());
    }
  }

  /// A producer that never blocks has to know the topic before its first record.
  private void awaitPartitions() throws InterruptedException {
    for (int look = 0; ; look++) {
      try {
        var _ = producer.partitionsFor(topic);
        return;
      } catch (TimeoutException e) {
        if (look == LOOKS) {
          throw e;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  /// Writes a record, or counts that it finds no room. It does not wait.
  ///
  /// @param weight what it counts for
  public void write(byte[] key, byte[] value, long weight) {
    written.add(weight);
    var _ =
        producer.send(
            new ProducerRecord<>(topic, key, value), (_, thrown) -> onEnd(thrown, weight));
  }

  private void onEnd(@Nullable Exception thrown, long weight) {
    if (thrown == null) {
      delivered.add(weight);
    } else if (thrown instanceof BufferExhaustedException) {
      noRoom.add(weight);
    } else {
      failure = thrown;
      unknown.add(weight);
    }
  }

  /// What has become of all so far.
  public Counts counts() {
    // In this order: what is written meanwhile must not make the others more than all.
    long ended = delivered.sum();
    long dropped = noRoom.sum();
    long lost = unknown.sum();
    return new Counts(written.sum(), ended, dropped, lost);
  }

  /// The last reason for which something was given up, as Kafka says it.
  public @Nullable String failure() {
    Exception last = failure;
    return last == null ? null : String.valueOf(last.getMessage()).strip();
  }

  /// Waits for two seconds at most until all is delivered, and gives up the rest. Closing again has
  /// no effect.
  @Override
  public void close() {
    producer.close(LAST_WORD);
  }
}
