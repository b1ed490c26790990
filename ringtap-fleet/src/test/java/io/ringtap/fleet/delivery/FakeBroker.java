package io.ringtap.fleet.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.ResultRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A topic with one partition, and producers for it that do what a test says.
final class FakeBroker implements Broker {
  /// A result or a gap in the topic.
  record Entry(long run, long first, long last, boolean isGap) {
    boolean has(long ofRun, long number) {
      return run == ofRun && first <= number && number <= last;
    }
  }

  private final SplittableRandom random;
  private final List<Entry> topic = new ArrayList<>();
  private final Set<Entry> refused = new HashSet<>();
  private Connection connection = new Connection();
  private boolean isUnknown;

  FakeBroker(SplittableRandom random) {
    this.random = random;
  }

  /// All that was ever written, in its order.
  List<Entry> topic() {
    return topic;
  }

  /// Whether it would never take a result.
  boolean refuses(long run, long number) {
    return refused.stream().anyMatch(entry -> entry.has(run, number));
  }

  @Override
  public String explain(@Nullable Exception failure, String topicName) {
    return String.valueOf(failure);
  }

  @Override
  public Producer<byte[], byte[]> connect() {
    connection = new Connection();
    return connection;
  }

  /// Whether producers do not even know the topic, as before their first contact.
  void unknown(boolean is) {
    isUnknown = is;
  }

  /// How many records wait to be acknowledged.
  int pending() {
    return connection.unwritten.size();
  }

  /// Takes up to so many records and acknowledges them.
  void acknowledge(int most) {
    for (int i = 0; i < most && pending() > 0; i++) {
      if (connection.write()) {
        boolean _ = connection.completeNext();
      } else {
        boolean _ = connection.errorNext(new RecordTooLargeException("too large"));
      }
    }
  }

  /// Has the producer give up the next record.
  void fail() {
    if (pending() > 0) {
      boolean _ = connection.errorNext(new KafkaException("not now"));
      connection.close(Duration.ZERO);
    }
  }

  /// Refuses the next record for ever, if it is a result.
  void refuse() {
    if (pending() > 0 && !connection.unwritten.element().isGap()) {
      refused.add(connection.unwritten.element());
      acknowledge(1);
    }
  }

  /// The process that has the producer is gone.
  void crash() {
    connection.close(Duration.ZERO);
  }

  private final class Connection extends MockProducer<byte[], byte[]> {
    private final Deque<Entry> unwritten = new ArrayDeque<>();

    Connection() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (isUnknown) {
        TimeoutException unknown = new TimeoutException("topic not known");
        callback.onCompletion(null, unknown);
        return CompletableFuture.failedFuture(unknown);
      }
      unwritten.add(entry(record.value()));
      return super.send(record, callback);
    }

    private Entry entry(byte[] value) {
      if (!(ResultRecord.read(value) instanceof Reading.Valid<ResultRecord>(ResultRecord result))) {
        throw new AssertionError(new String(value, UTF_8));
      }
      long first = result.origin().sequence();
      return result instanceof GapRecord gap
          ? new Entry(gap.origin().run(), first, gap.last(), true)
          : new Entry(result.origin().run(), first, first, false);
    }

    /// @return whether the next one is taken
    boolean write() {
      Entry next = unwritten.remove();
      return !refused.contains(next) && topic.add(next);
    }

    /// Some of what it had is written all the same.
    @Override
    public void close(Duration patience) {
      for (int i = random.nextInt(unwritten.size() + 1); i > 0; i--) {
        boolean _ = write();
      }
      unwritten.clear();
      boolean hasMore = !closed();
      while (hasMore) {
        hasMore = errorNext(new KafkaException("closed"));
      }
      super.close(patience);
    }
  }
}
