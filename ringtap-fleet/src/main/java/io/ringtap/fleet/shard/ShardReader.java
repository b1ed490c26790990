package io.ringtap.fleet.shard;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Takes part in the consumer group of a site, and reads the shards that the group gives to this
/// agent: each from the beginning to its end, and from then on what changes of it.
///
/// While no broker can be reached it keeps what it has. The group does without an agent that it has
/// not heard of for the session timeout; when the agent hears of that, all its shards have been
/// given up.
public final class ShardReader implements AutoCloseable {
  /// How long the group waits for a sign of life. Brokers allow no less, by default.
  public static final Duration SESSION = Duration.ofSeconds(6);

  /// Between signs of life. By the answer to one an agent hears that shards are to move, and waits
  /// for the others to hear it.
  private static final Duration HEARTBEAT = Duration.ofMillis(250);

  /// For how long the group waits for this agent while shards are to move, as long as it lives.
  private static final Duration REBALANCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(100);

  /// For how long a broker holds a request for records of which there are none: new shards are
  /// asked for after that only.
  private static final Duration FETCH = Duration.ofMillis(100);

  private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_MILLIS = 1_000; // after something that was refused
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 8 << 20; // of a shard at a time

  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.shard");

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final String name;
  private final boolean isStaying;
  private final ShardListener listener;
  private final Unreadable unreadable = new Unreadable();
  private final ShardTargets targets = new ShardTargets(unreadable);
  private final Thread thread;
  private boolean hasJoined;
  private boolean isChanged; // what is to be watched, since the listener heard of it
  private long changedNanos;
  private @Nullable String trouble;
  private volatile boolean isClosing;

  private ShardReader(
      Consumer<byte[], byte[]> consumer, ShardReaderSetup setup, ShardListener listener) {
    this.consumer = consumer;
    this.listener = listener;
    connection = setup.connection();
    topic = setup.topics().targets();
    name = setup.agent();
    isStaying = setup.staysInGroup();
    thread = Thread.ofPlatform().name("ringtap-shards").daemon().unstarted(this::run);
  }

  /// Joins the group; the listener hears of all else.
  ///
  /// @throws BrokerException if the client's properties are wrong, or no broker's name is found
  public static ShardReader start(ShardReaderSetup setup, ShardListener listener)
      throws BrokerException {
    ShardReader reader =
        new ShardReader(setup.connection().consumer(settings(setup)), setup, listener);
    reader.thread.start();
    return reader;
  }

  private static Map<String, Object> settings(ShardReaderSetup setup) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, setup.topics().agentGroup(setup.site()));
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, setup.agent());
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"); // the other takes seconds
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(WeightedStickyAssignor.class));
    settings.put(WeightedStickyAssignor.CAPACITY, setup.capacity());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) REBALANCE.toMillis());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH.toMillis());
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_BYTES);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "ringtap-shards-" + setup.agent());
    return settings;
  }

  /// Records on the topic that cannot be used.
  public Unreadable unreadable() {
    return unreadable;
  }

  private void run() {
    String refusal = null;
    try {
      consumer.subscribe(List.of(topic), new Moves());
      while (!isClosing && refusal == null) {
        refusal = attempt();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it but the end of the process.
    } finally {
      giveUp(targets.numbers());
      close(refusal == null);
    }
    if (refusal != null) {
      listener.onRefused(refusal);
    }
  }

  private void close(boolean isMember) {
    GroupMembershipOperation operation =
        isStaying || !isMember
            ? GroupMembershipOperation.REMAIN_IN_GROUP
            : GroupMembershipOperation.LEAVE_GROUP;
    try {
      consumer.close(CloseOptions.timeout(CLOSING).withGroupMembershipOperation(operation));
    } catch (KafkaException e) {
      LOG.log(Level.WARNING, "the group of the site was not left in order: " + e.getMessage());
    }
  }

  /// Reads what has come.
  ///
  /// @return why there is no use in going on; null if there is
  private @Nullable String attempt() throws InterruptedException {
    try {
      read();
      over();
      return null;
    } catch (WakeupException e) {
      return null; // for the end
    } catch (FencedInstanceIdException e) {
      return "another agent with the name '%s' has joined this site; each needs a name of its own"
          .formatted(name);
    } catch (KafkaException e) {
      String why = connection.explain(e, AclOperation.READ, topic).getMessage();
      if (!hasJoined && !(e instanceof RetriableException)) {
        return why;
      }
      trouble(String.valueOf(why));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "reading targets: a fault of ours, please report it", e);
    }
    Thread.sleep(PAUSE_MILLIS);
    return null;
  }

  private void trouble(String why) {
    if (!why.equals(trouble)) {
      LOG.log(Level.WARNING, "targets cannot be read, so what is probed stays the same: " + why);
    }
    trouble = why;
  }

  private void over() {
    if (trouble != null) {
      LOG.log(Level.INFO, "targets are read again");
    }
    trouble = null;
  }

  private void read() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (targets.take(record)) {
        changed();
      }
    }
    List<Integer> unread = targets.unread();
    int ended = 0;
    for (int shard : unread) {
      if (consumer.currentLag(partition(shard)).equals(OptionalLong.of(0))) {
        targets.whole(shard);
        changed();
        ended++;
      }
    }
    boolean isSettled = ended == unread.size();
    if (isChanged && (isSettled || System.nanoTime() - changedNanos > SETTLING_NANOS)) {
      isChanged = false;
      listener.onTargets(targets);
    }
  }

  private void changed() {
    if (!isChanged) {
      changedNanos = System.nanoTime();
    }
    isChanged = true;
  }

  private TopicPartition partition(int shard) {
    return new TopicPartition(topic, shard);
  }

  private void giveUp(Collection<Integer> shards) {
    if (!shards.isEmpty()) {
      targets.removeAll(shards);
      listener.onGivenUp(Set.copyOf(shards), targets);
    }
  }

  /// What the group says.
  private final class Moves implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      giveUp(shards(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (!isClosing && !partitions.isEmpty()) {
        LOG.log(
            Level.WARNING,
            "the group of the site has done without this agent, which has given up its shards");
      }
      giveUp(shards(partitions));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      hasJoined = true;
      for (TopicPartition partition : partitions) {
        targets.add(partition.partition());
        consumer.seek(partition, 0); // which a compacted topic always has
      }
      listener.onShards(targets.numbers(), consumer.groupMetadata().generationId());
    }

    private static Set<Integer> shards(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
  }

  /// Gives up all shards, and leaves the group unless it is to stay in it. When this returns,
  /// nothing of them is probed any more.
  @Override
  public void close() {
    isClosing = true;
    consumer.wakeup();
    boolean wasInterrupted = false;
    while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
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
