package io.ringtap.fleet.shard;

import io.ringtap.fleet.record.Topics;
import java.util.Map;

/// What a reader of shards is started with.
///
/// @param client how to reach the broker, by the names of Kafka's settings for clients
/// @param topics of the fleet
/// @param site whose agents share the targets
/// @param agent the name of this one
/// @param capacity its share in relation to those of the others
/// @param staysInGroup whether the group is to wait for this agent when it ends, as for one that is
///   started again, for as long as the session lasts
public record ShardReaderSetup(
    Map<String, Object> client,
    Topics topics,
    String site,
    String agent,
    long capacity,
    boolean staysInGroup) {}
