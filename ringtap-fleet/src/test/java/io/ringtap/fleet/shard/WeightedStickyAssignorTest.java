package io.ringtap.fleet.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightedStickyAssignorTest {
  private static final String TOPIC = "ringtap.targets";

  private static Cluster cluster(int shards) {
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      partitions.add(new PartitionInfo(TOPIC, shard, null, new Node[0], new Node[0]));
    }
    return new Cluster("c", List.of(), partitions, Set.of(), Set.of());
  }

  private static WeightedStickyAssignor assignor(long capacity) {
    WeightedStickyAssignor assignor = new WeightedStickyAssignor();
    assignor.configure(Map.of(WeightedStickyAssignor.CAPACITY, capacity));
    return assignor;
  }

  private static Subscription subscription(
      String name, @Nullable ByteBuffer userData, int generation, List<Integer> owned) {
    Subscription subscription =
        new Subscription(
            List.of(TOPIC),
            userData,
            owned.stream().map(shard -> new TopicPartition(TOPIC, shard)).toList(),
            generation,
            Optional.empty());
    subscription.setGroupInstanceId(Optional.of(name));
    return subscription;
  }

  private static Map<String, List<Integer>> assign(int shards, Map<String, Subscription> members) {
    Map<String, List<Integer>> assigned = new HashMap<>();
    for (Map.Entry<String, Assignment> each :
        new WeightedStickyAssignor()
            .assign(cluster(shards), new GroupSubscription(members))
            .groupAssignment()
            .entrySet()) {
      assigned.put(
          each.getKey(),
          each.getValue().partitions().stream().map(TopicPartition::partition).toList());
    }
    return assigned;
  }

  @Test
  void sharesByTheCapacitiesThatSubscriptionsCarry() {
    ByteBuffer one = assignor(1).subscriptionUserData(Set.of(TOPIC));
    ByteBuffer three = assignor(3).subscriptionUserData(Set.of(TOPIC));

    assertThat(
            assign(
                4,
                Map.of(
                    "id-of-b", subscription("b", one, -1, List.of()),
                    "id-of-a", subscription("a", three, -1, List.of()))))
        .isEqualTo(Map.of("id-of-a", List.of(0, 1, 2), "id-of-b", List.of(3)));
  }

  @Test
  void takesWhatItCannotReadForTheLeastCapacityAndALaterFormForItsBeginning() {
    ByteBuffer later = ByteBuffer.allocate(20).putShort((short) 9).putLong(3).putLong(77).flip();
    ByteBuffer foreign = ByteBuffer.wrap(new byte[] {1, 2, 3});
    ByteBuffer negative = ByteBuffer.allocate(10).putShort((short) 1).putLong(-5).flip();

    assertThat(
            assign(
                6,
                Map.of(
                    "a", subscription("a", later, -1, List.of()),
                    "b", subscription("b", foreign, -1, List.of()),
                    "c", subscription("c", negative, -1, List.of()),
                    "d", subscription("d", null, -1, List.of()))))
        .isEqualTo(
            Map.of("a", List.of(0, 1, 2), "b", List.of(3), "c", List.of(4), "d", List.of(5)));
  }

  @Test
  void leavesEachWhatItHasAndGivesEveryMemberAnAnswer() {
    ByteBuffer one = assignor(1).subscriptionUserData(Set.of(TOPIC));

    assertThat(
            assign(
                4,
                Map.of(
                    "a", subscription("a", one, 5, List.of(3, 1)),
                    "b", subscription("b", one, 5, List.of(0, 2)))))
        .isEqualTo(Map.of("a", List.of(1, 3), "b", List.of(0, 2)));
    assertThat(assign(0, Map.of("a", subscription("a", one, -1, List.of()))))
        .isEqualTo(Map.of("a", List.of()));
  }

  @Test
  void isMadeByKafkaFromItsClass() {
    List<ConsumerPartitionAssignor> made =
        ConsumerPartitionAssignor.getAssignorInstances(
            List.of(WeightedStickyAssignor.class.getName()),
            Map.of(WeightedStickyAssignor.CAPACITY, 7L));

    assertThat(made).hasSize(1);
    assertThat(made.getFirst().supportedProtocols()).containsExactly(RebalanceProtocol.COOPERATIVE);
    assertThat(made.getFirst().subscriptionUserData(Set.of()).getLong(2)).isEqualTo(7);
  }
}
