package io.ringtap.fleet.record;

import java.util.regex.Pattern;

/// The topics of a fleet, and its consumer groups: all names begin with the fleet's prefix.
///
/// @param prefix by which several fleets share a cluster; see [#parse]
public record Topics(String prefix) {
  /// The prefix where none is given.
  public static final String DEFAULT_PREFIX = "ringtap";

  /// How many partitions the topic of targets gets, which are the shards that agents share.
  public static final int DEFAULT_SHARDS = 64;

  // Kafka allows 249 characters for the whole name.
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /// Checks a prefix that a user has given.
  ///
  /// @throws IllegalArgumentException if Kafka would refuse topics of that name; the message says
  ///   the right form
  public static Topics parse(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot begin the name of a topic: write up to 100 letters, digits, '.', '_' and '-'"
              .formatted(prefix));
    }
    return new Topics(prefix);
  }

  /// Who is to be watched: a [TargetRecord] each, compacted; a partition is a shard.
  public String targets() {
    return prefix + ".targets";
  }

  /// What became of it: a [ResultRecord] each.
  public String results() {
    return prefix + ".results";
  }

  /// What has begun and ended: an [EventRecord] each.
  public String events() {
    return prefix + ".events";
  }

  /// The agents, as each says of itself: the newest [AgentRecord] of each, compacted.
  public String agents() {
    return prefix + ".agents";
  }

  /// What callers ask of all agents: sweeps and traces.
  public String jobs() {
    return prefix + ".jobs";
  }

  /// What agents answer to it.
  public String jobResults() {
    return prefix + ".job-results";
  }

  /// The heaviest senders of each interval, as `ringtap top` counts them.
  public String top() {
    return prefix + ".top";
  }

  /// Packets, as `ringtap capture` takes them: a section of pcapng each.
  public String packets() {
    return prefix + ".packets";
  }

  /// The consumer group in which monitors of the fleet share who delivers which events.
  public String alertGroup() {
    return prefix + "-alerts";
  }

  /// The consumer group in which the agents of a site share the targets.
  public String agentGroup(String site) {
    return prefix + "-agents-" + site;
  }
}
