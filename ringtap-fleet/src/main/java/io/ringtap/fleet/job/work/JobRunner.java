package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.ContactClock;
import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.CallerMessage;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Does jobs for whoever asks by the topic of jobs, beside what the agent does else, on one thread.
/// It reads all that callers write from now on, and writes to the topic of job results.
///
/// No consumer group is needed: each agent reads everything, and callers name who is to do what.
public final class JobRunner implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration IDLE_LOOK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long TELL_NANOS = Duration.ofSeconds(10).toNanos();

  private final Topics topics;
  private final Consumer<byte[], byte[]> orders;
  private final Producer<byte[], byte[]> results;
  private final java.util.function.Consumer<String> log;
  private final JobDesk desk;
  private final ContactClock contact = new ContactClock();
  private final Queue<Lost> lost = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile JobCounts counts = new JobCounts(0, 0, 0, 0, 0, 0);
  private final CountDownLatch ending = new CountDownLatch(1);
  private boolean isFailing;
  private long invalid;
  private long newer;
  private long toldNanos = System.nanoTime() - TELL_NANOS;

  /// A part with a result that could not be written.
  private record Lost(String job, int part) {}

  private JobRunner(
      Worker worker,
      JobPolicy policy,
      Topics topics,
      Clients clients,
      java.util.function.Consumer<String> log) {
    this.topics = topics;
    orders = clients.orders;
    results = clients.results;
    this.log = log;
    desk = new JobDesk(worker, policy, log);
    thread = Thread.ofPlatform().daemon().name("ringtap-fleet-jobs").unstarted(this::run);
  }

  /// Kafka's clients. The runner closes neither.
  ///
  /// @param orders which only the runner uses; without a group
  /// @param results which others may use too
  public record Clients(Consumer<byte[], byte[]> orders, Producer<byte[], byte[]> results) {}

  /// Begins to listen. Sockets are opened in the network namespace of the calling thread.
  ///
  /// @param log takes a line for each job, on the runner's thread
  public static JobRunner start(
      Worker worker,
      JobPolicy policy,
      Topics topics,
      Clients clients,
      java.util.function.Consumer<String> log) {
    JobRunner runner = new JobRunner(worker, policy, topics, clients, log);
    runner.thread.start();
    return runner;
  }

  /// What has been done so far. Any thread may ask.
  public JobCounts counts() {
    return counts;
  }

  private void run() {
    try {
      while (ending.getCount() > 0) {
        try {
          if (!orders.assignment().isEmpty() || hasBegun()) {
            turn();
            isFailing = false;
          } else {
            pause();
          }
        } catch (WakeupException e) {
          // ending
        } catch (KafkaException e) {
          if (!isFailing) {
            log.accept("jobs cannot be read: " + e.getMessage());
          }
          isFailing = true;
          pause();
        } catch (RuntimeException e) {
          tell("jobs: a fault of ours, please report it: " + e);
          pause();
        }
      }
    } finally {
      desk.close();
    }
  }

  /// Begins at the end of the topic: what was asked before is not for this run.
  ///
  /// @return false if there is no such topic yet
  private boolean hasBegun() {
    List<PartitionInfo> partitions = orders.partitionsFor(topics.jobs());
    if (partitions.isEmpty()) {
      return false;
    }
    List<TopicPartition> all =
        partitions.stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    orders.assign(all);
    orders.seekToEnd(all);
    all.forEach(orders::position); // or records of now would be before it
    return true;
  }

  private void pause() {
    try {
      boolean _ = ending.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.countDown();
    }
  }

  private void turn() {
    for (ConsumerRecord<byte[], byte[]> record : orders.poll(desk.isBusy() ? LOOK : IDLE_LOOK)) {
      contact.contact(System.nanoTime());
      read(record);
    }
    for (Lost each = lost.poll(); each != null; each = lost.poll()) {
      desk.lose(each.job, each.part);
    }
    if (isCaughtUp()) {
      desk.turn(System.nanoTime(), contact.nanos()).forEach(this::write);
    }
    counts = desk.counts(invalid, newer);
  }

  /// Whether all that was written has been read. After a time without a broker much may be waiting,
  /// and what it says first may be over by what it says last.
  private boolean isCaughtUp() {
    return orders.assignment().stream().allMatch(each -> orders.currentLag(each).orElse(0) == 0);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    switch (CallerMessage.read(record.value())) {
      case Reading.Valid<CallerMessage>(CallerMessage message) ->
          desk.hear(message, contact.nanos());
      case Reading.Newer<CallerMessage>(int schema) -> {
        newer++;
        tell("a job of schema %d is passed over: this version knows 1".formatted(schema));
      }
      case Reading.Invalid<CallerMessage>(String why) -> {
        invalid++;
        tell(
            "%s, partition %d, offset %d is no job: %s"
                .formatted(record.topic(), record.partition(), record.offset(), why));
      }
    }
  }

  private void write(AgentMessage message) {
    var record = new ProducerRecord<>(topics.jobResults(), message.key(), message.encode());
    var _ =
        results.send(
            record,
            (_, failure) -> {
              if (failure == null) {
                contact.contact(System.nanoTime());
              } else {
                lose(message);
              }
            });
  }

  private void lose(AgentMessage message) {
    Integer part = part(message);
    if (part != null) {
      lost.add(new Lost(message.job(), part));
    }
  }

  /// The part whose try is worth nothing without this message.
  private static @Nullable Integer part(AgentMessage message) {
    return switch (message) {
      case Answers answers -> answers.part().number();
      case Path path -> path.part().number();
      case PartEnd end -> end.part().number();
      default -> null;
    };
  }

  private void tell(String line) {
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_NANOS) {
      toldNanos = now;
      log.accept(line);
    }
  }

  /// Stops all, and returns when nothing is sent any more. Closing again has no effect.
  @Override
  public void close() {
    ending.countDown();
    orders.wakeup();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
