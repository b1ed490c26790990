package io.ringtap.fleet.status;

import java.util.List;

/// One site.
///
/// @param groupState of the consumer group of its agents, as Kafka calls it; `None` without a group
/// @param generation of that group, the highest that an agent has named; 0 if none has
/// @param targets that are to be watched from there
/// @param unwatched those of them that are in shards without an agent
/// @param unassigned the shards without an agent, by rising numbers
/// @param agents by name
public record SiteStatus(
    String name,
    String groupState,
    int generation,
    long targets,
    long unwatched,
    List<Integer> unassigned,
    List<AgentStatus> agents) {
  /// Takes copies.
  public SiteStatus {
    unassigned = List.copyOf(unassigned);
    agents = List.copyOf(agents);
  }

  /// How many agents are in a state.
  public int count(AgentStatus.State state) {
    return (int) agents.stream().filter(agent -> agent.state() == state).count();
  }
}
