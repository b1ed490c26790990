package io.ringtap.fleet.status;

import static java.util.Objects.requireNonNull;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.status.FleetStatus.Readers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/// What Kafka says of the consumer groups of a fleet. One thread uses it.
///
/// @param admin the caller's, who closes it
/// @param delivered all partitions of results and events
record Groups(Connection connection, Admin admin, Topics topics, List<TopicPartition> delivered) {
  /// The groups of the agents of sites, by site.
  ///
  /// @throws BrokerException if that is not allowed, or no broker answers
  Map<String, SiteGroup> ofSites(Collection<String> sites)
      throws BrokerException, InterruptedException {
    Map<String, SiteGroup> groups = new HashMap<>();
    if (sites.isEmpty()) {
      return groups;
    }
    var described =
        admin
            .describeConsumerGroups(sites.stream().map(topics::agentGroup).toList())
            .describedGroups();
    for (String site : sites) {
      try {
        groups.put(site, group(requireNonNull(described.get(topics.agentGroup(site))).get()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          throw connection.explain(e, AclOperation.DESCRIBE, "");
        }
        groups.put(site, SiteGroup.NONE);
      }
    }
    return groups;
  }

  private SiteGroup group(ConsumerGroupDescription description) {
    Map<String, Set<Integer>> members = new HashMap<>();
    for (MemberDescription member : description.members()) {
      Set<Integer> shards =
          member.assignment().topicPartitions().stream()
              .filter(each -> each.topic().equals(topics.targets()))
              .map(TopicPartition::partition)
              .collect(Collectors.toSet());
      members.put(member.groupInstanceId().orElse(member.consumerId()), shards);
    }
    GroupState state = description.groupState();
    return new SiteGroup(
        state.toString(), state == GroupState.STABLE || state == GroupState.EMPTY, members);
  }

  /// Which groups have committed what they have read of results and events, of those that this user
  /// may see.
  ///
  /// @throws BrokerException if that is not allowed, or no broker answers
  List<Readers> readers() throws BrokerException, InterruptedException {
    Map<String, GroupListing> seen = new TreeMap<>();
    for (GroupListing each : await(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
      if (!each.groupId().startsWith(topics.agentGroup(""))) {
        seen.put(each.groupId(), each);
      }
    }
    if (seen.isEmpty()) {
      return List.of();
    }
    var wanted = new ListConsumerGroupOffsetsSpec().topicPartitions(delivered);
    var committed =
        await(
            admin
                .listConsumerGroupOffsets(
                    seen.keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), _ -> wanted)))
                .all());
    Map<TopicPartition, Long> ends = ends();
    List<Readers> readers = new ArrayList<>();
    for (GroupListing each : seen.values()) {
      var offsets = committed.getOrDefault(each.groupId(), Map.of());
      Long results = lag(topics.results(), offsets, ends);
      Long events = lag(topics.events(), offsets, ends);
      if (results != null || events != null) {
        String state = each.groupState().map(GroupState::toString).orElse("Unknown");
        readers.add(new Readers(each.groupId(), state, results, events));
      }
    }
    return readers;
  }

  private Map<TopicPartition, Long> ends() throws BrokerException, InterruptedException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    delivered.forEach(each -> wanted.put(each, OffsetSpec.latest()));
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        await(admin.listOffsets(wanted).all()).entrySet()) {
      ends.put(each.getKey(), each.getValue().offset());
    }
    return ends;
  }

  private static @Nullable Long lag(
      String topic,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, Long> ends) {
    Long lag = null;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata next = committed.get(end.getKey()); // null where nothing is committed
      if (next != null && end.getKey().topic().equals(topic)) {
        lag = (lag == null ? 0 : lag) + Math.max(0, end.getValue() - next.offset());
      }
    }
    return lag;
  }

  private <T> T await(KafkaFuture<T> future) throws BrokerException, InterruptedException {
    return connection.await(future, AclOperation.DESCRIBE, topics.results());
  }
}
