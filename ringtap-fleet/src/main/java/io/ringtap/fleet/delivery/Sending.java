package io.ringtap.fleet.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// What the producer has and what it gets next, in order and never more than so many bytes.
///
/// The producer tries for ever and keeps the order in each partition. What it gives up all the
/// same, because it is not permitted, say, it is given again: all that is not acknowledged goes to
/// a new producer, in the order in which it came.
final class Sending {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Broker broker;
  private final long mostBytes;
  private final Deque<Outgoing> sent = new ArrayDeque<>();
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private long bytes;
  private long progressNanos;
  private long pauseEndNanos;
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Exception trouble;
  private boolean isGiving;
  private volatile @Nullable Exception failure; // of something that the producer had taken

  Sending(Broker broker, long mostBytes, long nowNanos) {
    this.broker = broker;
    this.mostBytes = mostBytes;
    progressNanos = nowNanos;
    pauseEndNanos = nowNanos;
  }

  boolean isEmpty() {
    return sent.isEmpty() && waiting.isEmpty();
  }

  /// Whether there is room for more, which may be more than that by what is added at once.
  boolean hasRoom() {
    return bytes < mostBytes;
  }

  /// For how long nothing has been acknowledged, though there is something.
  long stalledNanos(long nowNanos) {
    return isEmpty() ? 0 : nowNanos - progressNanos;
  }

  /// What the last attempt failed with; null if it did not fail.
  @Nullable Exception trouble() {
    return trouble;
  }

  /// Where the oldest belongs.
  String topic() {
    return (sent.isEmpty() ? waiting : sent).element().topic;
  }

  /// All that is not known to be acknowledged, in order.
  List<Outgoing> all() {
    List<Outgoing> all = new ArrayList<>(sent);
    all.addAll(waiting);
    return all;
  }

  /// Takes a record to be sent after all others.
  void add(Outgoing record, long nowNanos) {
    if (isEmpty()) {
      progressNanos = nowNanos;
    }
    bytes += record.bytes();
    waiting.add(record);
  }

  /// Gives the producer what it has not got yet.
  void send(long nowNanos) {
    while (!waiting.isEmpty() && failure == null && nowNanos - pauseEndNanos >= 0) {
      Outgoing record = waiting.element();
      if (give(record)) {
        sent.add(waiting.remove());
      } else {
        pauseEndNanos = nowNanos + PAUSE_NANOS;
      }
    }
  }

  /// @return false if the producer has not taken it
  private boolean give(Outgoing record) {
    Thread caller = Thread.currentThread();
    record.state = Outgoing.State.SENT;
    isGiving = true;
    try {
      if (producer == null) {
        producer = broker.connect();
      }
      var _ =
          producer.send(
              new ProducerRecord<>(record.topic, record.key, record.value),
              (_, exception) -> onCompletion(record, exception, caller));
    } catch (IOException | KafkaException e) {
      trouble = e;
      record.state = Outgoing.State.WAITING;
    } finally {
      isGiving = false;
    }
    return record.state != Outgoing.State.WAITING;
  }

  /// On a thread of the producer; on that of the caller if the producer does not take the record.
  private void onCompletion(Outgoing record, @Nullable Exception exception, Thread caller) {
    switch (exception) {
      case null -> record.state = Outgoing.State.ACKNOWLEDGED;
      case RecordTooLargeException _, RecordBatchTooLargeException _, InvalidRecordException _ ->
          record.state = Outgoing.State.REFUSED;
      default -> {
        if (Thread.currentThread().equals(caller) && isGiving) {
          trouble = exception;
        } else {
          failure = exception;
        }
        record.state = Outgoing.State.WAITING;
      }
    }
  }

  /// Forgets what is settled, the oldest first.
  ///
  /// @param done hears of each that is acknowledged or refused
  void settle(long nowNanos, Consumer<Outgoing> done) {
    while (!sent.isEmpty() && isSettled(sent.element())) {
      forget(sent.remove(), done);
      progressNanos = nowNanos;
      trouble = null;
    }
    Exception failed = failure;
    if (failed != null) {
      closeProducer(Duration.ZERO);
      trouble = failed;
      failure = null;
      pauseEndNanos = nowNanos + PAUSE_NANOS;
      takeBack(done);
    }
  }

  private static boolean isSettled(Outgoing record) {
    return record.state == Outgoing.State.ACKNOWLEDGED || record.state == Outgoing.State.REFUSED;
  }

  private void forget(Outgoing record, Consumer<Outgoing> done) {
    bytes -= record.bytes();
    done.accept(record);
  }

  /// Has all that the producer did not deliver wait again.
  private void takeBack(Consumer<Outgoing> done) {
    while (!sent.isEmpty()) {
      Outgoing record = sent.removeLast();
      if (isSettled(record)) {
        forget(record, done);
      } else {
        record.state = Outgoing.State.WAITING;
        waiting.addFirst(record);
      }
    }
  }

  private void closeProducer(Duration patience) {
    if (producer != null) {
      try {
        producer.close(patience);
      } catch (KafkaException e) {
        trouble = e;
      }
      producer = null;
    }
  }

  /// Ends the producer.
  ///
  /// @param patience for how long it may go on with what it has
  void close(Duration patience, Consumer<Outgoing> done) {
    closeProducer(patience);
    takeBack(done);
  }
}
