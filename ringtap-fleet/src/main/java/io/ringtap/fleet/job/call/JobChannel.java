package io.ringtap.fleet.job.call;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.job.ContactClock;
import io.ringtap.fleet.job.JobTopics;
import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.CallerMessage;
import io.ringtap.fleet.job.message.JobEnd;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/// What a caller writes to the agents, and what they answer to one job. While it is open and asked,
/// it writes the job's notice every two seconds. One thread uses it.
final class JobChannel implements AutoCloseable {
  private static final long NOTICE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final Connection connection;
  private final Topics topics;
  private final Producer<byte[], byte[]> orders;
  private final Consumer<byte[], byte[]> results;
  private final byte[] key;
  private final ContactClock contact = new ContactClock();
  private volatile @Nullable Exception failure; // of writing
  private JobNotice notice;
  private long noticedNanos;
  private boolean isNoticed;
  private boolean isClosed;

  private JobChannel(
      Connection connection,
      Topics topics,
      Producer<byte[], byte[]> orders,
      Consumer<byte[], byte[]> results,
      JobNotice notice) {
    this.connection = connection;
    this.topics = topics;
    this.orders = orders;
    this.results = results;
    this.notice = notice;
    key = notice.key();
  }

  /// Connects, makes the topics if they are not there, and begins to listen. Nothing is written
  /// before the first [#poll].
  ///
  /// @throws BrokerException if no broker answers, or something is not allowed
  static JobChannel open(Connection connection, Topics topics, JobNotice notice)
      throws BrokerException, InterruptedException {
    JobTopics.make(
        connection,
        topics,
        List.of(
            new Right(AclOperation.WRITE, topics.jobs()),
            new Right(AclOperation.READ, topics.jobResults())));
    Producer<byte[], byte[]> orders =
        connection.producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, "0"));
    try {
      Consumer<byte[], byte[]> results = connection.consumer(Map.of());
      JobChannel channel = new JobChannel(connection, topics, orders, results, notice);
      channel.listen();
      return channel;
    } catch (BrokerException e) {
      orders.close(Duration.ZERO);
      throw e;
    }
  }

  private void listen() throws BrokerException {
    try {
      List<TopicPartition> all =
          results.partitionsFor(topics.jobResults()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      results.assign(all);
      results.seekToEnd(all);
      all.forEach(results::position); // or answers of now would be before it
    } catch (KafkaException e) {
      results.close();
      throw connection.explain(e, AclOperation.READ, topics.jobResults());
    }
  }

  JobNotice notice() {
    return notice;
  }

  /// The time with contact, in nanoseconds.
  long contactNanos() {
    return contact.nanos();
  }

  /// Writes another notice from now on, and at once.
  void change(JobNotice newNotice) {
    notice = newNotice;
    writeNotice();
  }

  private void writeNotice() {
    isNoticed = true;
    noticedNanos = System.nanoTime();
    write(notice);
  }

  /// Writes to the agents.
  void write(CallerMessage message) {
    var _ =
        orders.send(
            new ProducerRecord<>(topics.jobs(), message.key(), message.encode()),
            (_, thrown) -> {
              if (thrown == null) {
                contact.contact(System.nanoTime());
              } else {
                failure = thrown;
              }
            });
  }

  /// Waits for what agents write, no longer than a time.
  ///
  /// @throws BrokerException if something is not allowed, or the broker was away for long
  List<AgentMessage> poll(Duration atMost) throws BrokerException {
    if (!isNoticed || System.nanoTime() - noticedNanos >= NOTICE_NANOS) {
      writeNotice();
    }
    Exception thrown = failure;
    if (thrown != null) {
      throw connection.explain(thrown, AclOperation.WRITE, topics.jobs());
    }
    List<AgentMessage> heard = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : results.poll(atMost)) {
        contact.contact(System.nanoTime());
        if (Arrays.equals(record.key(), key)
            && AgentMessage.read(record.value())
                instanceof Reading.Valid<AgentMessage>(AgentMessage message)
            && message.job().equals(notice.job())) {
          heard.add(message); // what is no message of an agent ends no part, which is done again
        }
      }
    } catch (KafkaException e) {
      throw connection.explain(e, AclOperation.READ, topics.jobResults());
    }
    return heard;
  }

  /// Tells the agents that the job is over. Closing again has no effect.
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    write(new JobEnd(notice.job()));
    orders.close(LAST_WORD);
    results.close();
  }
}
