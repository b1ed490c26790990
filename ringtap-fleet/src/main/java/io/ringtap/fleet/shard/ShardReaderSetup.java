package io.ringtap.fleet.shard;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;

/// What a reader of shards is started with.
///
/// @param connection to the cluster
/// @param topics of the fleet
/// @param site whose agents share the targets
/// @param agent the name of this one
/// @param capacity its share in relation to those of the others
/// @param staysInGroup whether the group is to wait for this agent when it ends, as for one that is
///   started again, for as long as the session lasts
public record ShardReaderSetup(
    Connection connection,
    Topics topics,
    String site,
    String agent,
    long capacity,
    boolean staysInGroup) {}
