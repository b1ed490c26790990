package io.ringtap.fleet.status;

import java.util.Map;
import java.util.Set;

/// What Kafka says of the consumer group of a site's agents.
///
/// @param state as Kafka calls it
/// @param isStable whether the shards of members are known: while they move, Kafka names none
/// @param members the shards of each, by the agent's name
record SiteGroup(String state, boolean isStable, Map<String, Set<Integer>> members) {
  static final SiteGroup NONE = new SiteGroup("None", true, Map.of());
}
