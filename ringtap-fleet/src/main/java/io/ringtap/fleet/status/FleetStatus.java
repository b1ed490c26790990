package io.ringtap.fleet.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fleet at one moment.
///
/// @param epochMillis when, by the clock of this machine
/// @param shards partitions of the topic of targets
/// @param targets on that topic
/// @param invalid records of targets and agents that were read and are no such records
/// @param newer those of a schema that this version does not know
/// @param sites by name
/// @param readers by name
public record FleetStatus(
    long epochMillis,
    int shards,
    long targets,
    long invalid,
    long newer,
    List<SiteStatus> sites,
    List<Readers> readers) {
  /// Takes copies.
  public FleetStatus {
    sites = List.copyOf(sites);
    readers = List.copyOf(readers);
  }

  /// A consumer group that reads results or events.
  ///
  /// @param state as Kafka calls it
  /// @param resultsLag records of results after those that it has committed; null if it commits
  ///   none
  /// @param eventsLag the same of events
  public record Readers(
      String group, String state, @Nullable Long resultsLag, @Nullable Long eventsLag) {}

  /// How many targets nobody watches, each counted for each site from where it should be; all,
  /// once, where there is no site.
  public long unwatched() {
    return sites.isEmpty() ? targets : sites.stream().mapToLong(SiteStatus::unwatched).sum();
  }
}
