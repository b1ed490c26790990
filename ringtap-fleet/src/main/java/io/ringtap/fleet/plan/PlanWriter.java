package io.ringtap.fleet.plan;

import io.ringtap.fleet.plan.Outcome.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// Writes the changes of a plan to the topic. After the first one that fails nothing more is sent,
/// for the others would fail as well, each after its time.
final class PlanWriter {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final BooleanSupplier isCancelled;
  private final AtomicReferenceArray<State> states;

  /// What went wrong first; set by the producer's thread.
  private volatile @Nullable Exception failure;

  private PlanWriter(
      Producer<byte[], byte[]> producer, String topic, BooleanSupplier isCancelled, int changes) {
    this.producer = producer;
    this.topic = topic;
    this.isCancelled = isCancelled;
    states = new AtomicReferenceArray<>(changes);
  }

  /// Writes all changes, and waits until each has been confirmed or has failed.
  ///
  /// @param producer one that waits for all replicas
  /// @param isCancelled asked before each change whether to send no more
  /// @param words says what a failure means
  static Outcome write(
      Plan plan,
      Producer<byte[], byte[]> producer,
      String topic,
      BooleanSupplier isCancelled,
      Function<Exception, String> words) {
    List<TargetChange> changes = plan.changes();
    PlanWriter writer = new PlanWriter(producer, topic, isCancelled, changes.size());
    for (int i = 0; i < changes.size() && writer.send(i, changes.get(i)); i++) {
      // The next one.
    }
    producer.flush();
    List<State> states = new ArrayList<>(changes.size());
    for (int i = 0; i < changes.size(); i++) {
      State state = writer.states.get(i);
      states.add(state == null ? State.NOT_WRITTEN : state);
    }
    Exception failure = writer.failure;
    return new Outcome(
        List.copyOf(states),
        failure != null
            ? words.apply(failure)
            : states.contains(State.NOT_WRITTEN) ? "interrupted" : null);
  }

  /// @return whether the next one may be sent
  private boolean send(int number, TargetChange change) {
    if (failure != null || isCancelled.getAsBoolean()) {
      return false;
    }
    byte[] value =
        switch (change) {
          case TargetChange.Added added -> added.target().encode();
          case TargetChange.Changed changed -> changed.target().encode();
          case TargetChange.Removed _ -> null;
        };
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, change.shard(), change.key().getBytes(StandardCharsets.UTF_8), value);
    states.set(number, State.UNCONFIRMED);
    try {
      var _ = producer.send(record, (_, problem) -> onSent(number, problem));
      return true;
    } catch (KafkaException e) {
      onSent(number, e);
      return false;
    }
  }

  private void onSent(int number, @Nullable Exception problem) {
    if (problem == null) {
      states.set(number, State.WRITTEN);
      return;
    }
    // What was sent and not answered may have arrived; what the broker refused has not.
    states.set(
        number, problem instanceof RetriableException ? State.UNCONFIRMED : State.NOT_WRITTEN);
    if (failure == null) {
      failure = problem;
    }
  }
}
