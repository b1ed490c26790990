package io.ringtap.fleet.reader;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.delivery.EventDelivery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/// Which of several readers delivers an event: they are a consumer group on the topic of events,
/// and whoever has a partition delivers what is in it. What has been delivered is the group's
/// committed offset. Each reader reads all events by itself; the group's consumer reads none.
///
/// When a reader dies, another has its partitions after the group's session timeout: it delivers
/// what was not committed, and tells Alertmanagers again of all that is open.
final class AlertDuty implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.ringtap.fleet.reader");
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 2_000;

  /// Events of each partition that whoever takes it over may have to deliver.
  private static final int MOST_KEPT = 10_000;

  /// @param offset of the record that it came of
  private record Read(long offset, Event event) {}

  /// What is known of a partition. Guarded by this object.
  private static final class Partition {
    final Deque<Read> recent = new ArrayDeque<>();
    final Map<List<Object>, Read> open = new HashMap<>(); // by target and kind
    long next; // to be read
    long told; // up to here it is delivered; counts while it is ours
  }

  private final Connection connection;
  private final Topics topics;
  private final EventDelivery delivery;
  private final BooleanSupplier isWanted;
  private final Map<Integer, Partition> partitions = new HashMap<>();
  private final Map<Integer, Long> committed = new HashMap<>(); // of those that are ours
  private final Set<Integer> ours = new HashSet<>();
  private final Thread thread =
      Thread.ofPlatform().name("ringtap-alert-duty").daemon().unstarted(this::run);
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable String trouble; // that was logged

  /// @param delivery what is ours is delivered by it
  /// @param isWanted whether there is anybody to deliver to; else others are to have all
  AlertDuty(
      Connection connection, Topics topics, EventDelivery delivery, BooleanSupplier isWanted) {
    this.connection = connection;
    this.topics = topics;
    this.delivery = delivery;
    this.isWanted = isWanted;
  }

  /// Joins the group, when all events up to now have been read.
  void start() {
    thread.start();
  }

  /// How many partitions of events this reader delivers.
  synchronized int partitions() {
    return ours.size();
  }

  /// An event is open from before this process.
  synchronized void restore(int partition, Event event) {
    partition(partition).open.put(key(event), new Read(-1, event));
  }

  private Partition partition(int number) {
    return partitions.computeIfAbsent(number, _ -> new Partition());
  }

  private static List<Object> key(Event event) {
    return List.of(event.target().key(), event.kind());
  }

  /// An event was read, and is new.
  synchronized void read(int number, long offset, Event event) {
    Partition partition = partition(number);
    Read read = new Read(offset, event);
    if (!event.isBegin()) {
      partition.open.remove(key(event));
    } else if (event.kind() != EventKind.ADDRESS) {
      partition.open.put(key(event), read);
    }
    partition.recent.add(read);
    if (partition.recent.size() > MOST_KEPT) {
      partition.recent.remove();
    }
    partition.next = Math.max(partition.next, offset + 1);
    if (ours.contains(number) && offset >= partition.told) {
      delivery.onEvent(event);
      partition.told = offset + 1;
    }
  }

  /// A partition was read up to here, whatever was there.
  synchronized void readUpTo(int number, long next) {
    Partition partition = partition(number);
    partition.next = Math.max(partition.next, next);
    if (ours.contains(number)) {
      partition.told = Math.max(partition.told, next);
    }
  }

  /// An event that no record stands for: this reader has found it.
  synchronized void found(int number, Event event) {
    partition(number).open.remove(key(event));
    if (ours.contains(number)) {
      delivery.onEvent(event);
    }
  }

  /// A state goes on, and other words are to be said of it.
  synchronized void change(int number, Event event) {
    Partition partition = partition(number);
    partition.open.computeIfPresent(key(event), (_, read) -> new Read(read.offset, event));
    if (ours.contains(number)) {
      delivery.change(event);
    }
  }

  private void run() {
    while (isOpen()) {
      if (!isWanted.getAsBoolean()) {
        rest();
        continue;
      }
      Consumer<byte[], byte[]> group = null;
      try {
        group = connection.consumer(properties());
        group.subscribe(List.of(topics.events()), new Rebalance(group));
        while (isOpen() && isWanted.getAsBoolean()) {
          var _ = group.poll(POLL); // all is paused: it keeps the membership
          trouble = null;
          commit(group);
        }
        awaitDelivery();
        commit(group);
      } catch (KafkaException | BrokerException e) {
        fail(e);
      } finally {
        if (group != null) {
          group.close(CloseOptions.timeout(FAREWELL));
        }
        lose(ours());
      }
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  private synchronized Set<Integer> ours() {
    return Set.copyOf(ours);
  }

  private Map<String, Object> properties() {
    return Map.of(
        ConsumerConfig.GROUP_ID_CONFIG, topics.alertGroup(),
        ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic",
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName(),
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000",
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
  }

  private void fail(Exception e) {
    String why =
        e instanceof BrokerException known
            ? String.valueOf(known.getMessage())
            : String.valueOf(
                connection.explain(e, AclOperation.READ, topics.events()).getMessage());
    if (!why.equals(trouble)) {
      LOG.log(Level.WARNING, "events are not delivered by this reader: " + why);
    }
    trouble = why;
    rest();
  }

  private void rest() {
    try {
      boolean _ = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }

  /// Who has what. Called while the group's consumer polls.
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> group;

    Rebalance(Consumer<byte[], byte[]> group) {
      this.group = group;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      group.pause(assigned);
      if (assigned.isEmpty()) {
        return;
      }
      Map<TopicPartition, OffsetAndMetadata> known = group.committed(Set.copyOf(assigned));
      for (TopicPartition each : assigned) {
        OffsetAndMetadata offset = known.get(each);
        take(each.partition(), offset == null ? -1 : offset.offset());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      if (!revoked.isEmpty()) {
        awaitDelivery();
        commit(group);
        onPartitionsLost(revoked);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      Set<Integer> numbers = new HashSet<>();
      lost.forEach(each -> numbers.add(each.partition()));
      lose(numbers);
    }
  }

  /// A partition is ours.
  ///
  /// @param from up to here others have delivered it; -1 if nobody has ever delivered any
  private synchronized void take(int number, long from) {
    Partition partition = partition(number);
    long told = from < 0 ? partition.next : from;
    ours.add(number);
    committed.put(number, from);
    List<Event> open = new ArrayList<>();
    partition.open.values().stream()
        .filter(read -> read.offset < told)
        .forEach(read -> open.add(read.event));
    delivery.takeOver(open);
    for (Read read : partition.recent) {
      if (read.offset >= told) {
        Read now = partition.open.get(key(read.event)); // with what all sites say now
        delivery.onEvent(now != null && now.offset == read.offset ? now.event : read.event);
      }
    }
    partition.told = Math.max(told, partition.next);
  }

  /// Partitions are another reader's.
  private synchronized void lose(Set<Integer> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    ours.removeAll(numbers);
    committed.keySet().removeAll(numbers);
    Set<Object> targets = new HashSet<>();
    for (int number : numbers) {
      Partition partition = partition(number);
      partition.open.values().forEach(read -> targets.add(read.event.target().key()));
      partition.recent.forEach(read -> targets.add(read.event.target().key()));
    }
    delivery.leave(event -> targets.contains(event.target().key()));
  }

  private void awaitDelivery() {
    long start = System.nanoTime();
    try {
      while (!delivery.isDone() && System.nanoTime() - start < FAREWELL.toNanos()) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Commits what has been delivered, if all has.
  private void commit(Consumer<byte[], byte[]> group) {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    synchronized (this) {
      for (int number : ours) {
        long told = partition(number).told;
        if (told > committed.getOrDefault(number, -1L)) {
          due.put(new TopicPartition(topics.events(), number), new OffsetAndMetadata(told));
        }
      }
    }
    if (due.isEmpty() || !delivery.isDone()) {
      return;
    }
    group.commitSync(due);
    synchronized (this) {
      due.forEach((partition, offset) -> {
        if (ours.contains(partition.partition())) {
          committed.put(partition.partition(), offset.offset());
        }
      });
    }
  }

  /// Leaves the group, so that others deliver at once.
  @Override
  public void close() {
    closing.countDown();
    if (!thread.isAlive()) {
      return; // never started, or over
    }
    try {
      boolean _ = thread.join(FAREWELL.multipliedBy(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
