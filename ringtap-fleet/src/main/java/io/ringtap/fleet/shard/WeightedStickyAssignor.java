package io.ringtap.fleet.shard;

import io.ringtap.fleet.record.AgentRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Gives the agents of a site their shards, each as many as its capacity is in relation to that of
/// the others; see [Shares]. One of the agents computes it for all.
///
/// What moves is first given up: Kafka's protocol of cooperative rebalancing, with which all other
/// shards go on being probed meanwhile. Kafka makes and configures it by its class.
public final class WeightedStickyAssignor implements ConsumerPartitionAssignor, Configurable {
  /// The setting with an agent's capacity, from 1 to [AgentRecord#MOST_CAPACITY].
  public static final String CAPACITY = "ringtap.capacity";

  /// By this the agents of a group agree on one way, so it stays the same in all versions that are
  /// to work side by side.
  private static final String NAME = "ringtap-weighted-sticky";

  /// What a subscription carries: this form, and the capacity. Later forms begin the same way.
  private static final short FORM = 1;

  private static final int FORM_BYTES = Short.BYTES + Long.BYTES;

  private long capacity = 1;

  /// With a capacity of 1, unless it is configured.
  public WeightedStickyAssignor() {}

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(CAPACITY) instanceof Long configured) {
      capacity = configured;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<RebalanceProtocol> supportedProtocols() {
    return List.of(RebalanceProtocol.COOPERATIVE);
  }

  @Override
  public ByteBuffer subscriptionUserData(Set<String> topics) {
    return ByteBuffer.allocate(FORM_BYTES).putShort(FORM).putLong(capacity).flip();
  }

  /// Of what cannot be read, the least.
  private static long capacity(@Nullable ByteBuffer userData) {
    return userData == null || userData.remaining() < FORM_BYTES
        ? 1
        : Math.clamp(
            userData.getLong(userData.position() + Short.BYTES), 1, AgentRecord.MOST_CAPACITY);
  }

  @Override
  public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
    Map<String, Subscription> subscriptions = group.groupSubscription();
    Map<String, List<TopicPartition>> assigned = new HashMap<>();
    Set<String> topics = new TreeSet<>();
    subscriptions.forEach((id, subscription) -> {
      assigned.put(id, new ArrayList<>());
      topics.addAll(subscription.topics());
    });
    for (String topic : topics) {
      Integer shards = cluster.partitionCountForTopic(topic);
      if (shards != null) {
        share(topic, shards, subscriptions, assigned);
      }
    }
    Map<String, Assignment> assignments = new HashMap<>();
    assigned.forEach((id, partitions) -> assignments.put(id, new Assignment(partitions)));
    return new GroupAssignment(assignments);
  }

  private static void share(
      String topic,
      int shards,
      Map<String, Subscription> subscriptions,
      Map<String, List<TopicPartition>> assigned) {
    List<List<TopicPartition>> gets = new ArrayList<>(); // by member
    List<Shares.Member> members = new ArrayList<>();
    subscriptions.forEach((id, subscription) -> {
      if (subscription.topics().contains(topic)) {
        members.add(member(id, subscription, topic));
        gets.add(assigned.computeIfAbsent(id, _ -> new ArrayList<>()));
      }
    });
    List<List<Integer>> shares = Shares.of(shards, members);
    for (int i = 0; i < members.size(); i++) {
      List<TopicPartition> partitions = gets.get(i);
      shares.get(i).forEach(shard -> partitions.add(new TopicPartition(topic, shard)));
    }
  }

  private static Shares.Member member(String id, Subscription subscription, String topic) {
    Set<Integer> owned = new HashSet<>();
    for (TopicPartition partition : subscription.ownedPartitions()) {
      if (partition.topic().equals(topic)) {
        owned.add(partition.partition());
      }
    }
    return new Shares.Member(
        subscription.groupInstanceId().orElse(id),
        capacity(subscription.userData()),
        subscription.generationId().orElse(-1),
        owned);
  }
}
