package io.ringtap.fleet.delivery;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Where results go.
interface Broker {
  /// Makes a producer.
  ///
  /// @throws IOException if that does not work now; the message is one line
  Producer<byte[], byte[]> connect() throws IOException;

  /// Says in words why results are not acknowledged. This may take a few seconds.
  ///
  /// @param failure what a producer has failed with; null if it only waits
  String explain(@Nullable Exception failure, String topic);

  /// A cluster of Kafka.
  record Kafka(Connection connection) implements Broker {
    private static final Map<String, Object> SETTINGS =
        Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            // A producer that gives up a record may still write those after it.
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            // Meanwhile the queue fills.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            1_000,
            ProducerConfig.LINGER_MS_CONFIG,
            100,
            ProducerConfig.BATCH_SIZE_CONFIG,
            128 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L << 20);

    @Override
    public Producer<byte[], byte[]> connect() throws IOException {
      return connection.producer(SETTINGS);
    }

    @Override
    public String explain(@Nullable Exception failure, String topic) {
      Exception reason = failure == null ? new TimeoutException() : failure;
      BrokerException words = connection.explain(reason, AclOperation.WRITE, topic);
      boolean answers = failure == null && words.kind() != BrokerException.Kind.UNREACHABLE;
      return answers ? "the broker acknowledges nothing" : String.valueOf(words.getMessage());
    }
  }
}
