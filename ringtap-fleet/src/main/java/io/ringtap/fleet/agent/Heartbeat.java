package io.ringtap.fleet.agent;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Topics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Tells of an agent on the topic of agents, every few seconds and when it ends. What cannot be
/// told in time is not told: the next is newer.
final class Heartbeat implements AutoCloseable {
  static final Duration PERIOD = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.agent");
  private static final int BLOCKING_MILLIS = 2_000;
  private static final int DELIVERY_MILLIS = 4_000;
  private static final long MEMORY_BYTES = 1 << 20;
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Supplier<AgentRecord> records;
  private final ScheduledExecutorService telling =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ringtap-heartbeat").factory());
  private boolean isStarted;

  /// @param records what is told now
  /// @throws BrokerException if the client's properties are wrong, or no broker's name is found
  Heartbeat(Connection connection, Topics topics, Supplier<AgentRecord> records)
      throws BrokerException {
    this.records = records;
    topic = topics.agents();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKING_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCKING_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY_BYTES);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "ringtap-heartbeat");
    producer = connection.producer(settings);
  }

  /// Tells now, and from now on.
  void start() {
    isStarted = true;
    ScheduledFuture<?> _ =
        telling.scheduleAtFixedRate(this::tell, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Tells once more, as soon as can be.
  void tellNow() {
    if (!telling.isShutdown()) {
      telling.execute(this::tell);
    }
  }

  private void tell() {
    try {
      AgentRecord record = records.get();
      var _ = producer.send(new ProducerRecord<>(topic, record.key(), record.encode()));
    } catch (KafkaException e) {
      LOG.log(Level.DEBUG, "not told: " + e.getMessage()); // results say that no broker is there
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "telling of this agent: a fault of ours, please report it", e);
    }
  }

  /// Tells for the last time, and waits a moment until that is in the topic.
  @Override
  public void close() {
    if (isStarted) {
      tellNow();
    }
    telling.shutdown();
    try {
      boolean _ = telling.awaitTermination(BLOCKING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSING);
  }
}
