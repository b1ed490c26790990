package io.ringtap.monitor.target;

import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.Labels;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.TargetSource;
import io.ringtap.monitor.target.SourceReader.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the sources of groups come to now: each read once and expanded to single hosts, for whoever
/// hands targets on instead of watching them. Names are not looked up.
///
/// @param hosts in the order of the groups and their sources; none twice in a group
/// @param problems what cannot be read, or names nothing, each in one line with its place. What the
///   sources list is whole only if there are none
/// @param notices what is right and perhaps not meant, each in one line
public record Expansion(List<Host> hosts, List<String> problems, List<String> notices) {
  /// One host of a group.
  ///
  /// @param host the name as it was written, or the canonical address with its scope
  /// @param name how it is shown
  /// @param labels the group's and its own, sorted by name
  public record Host(GroupConfig group, String host, String name, Map<String, String> labels) {}

  /// Reads all sources of these groups, and waits for servers.
  public static Expansion of(List<GroupConfig> groups) throws InterruptedException {
    Builder builder = new Builder();
    Map<TargetSource, Reading> readings = builder.read(groups);
    for (GroupConfig group : groups) {
      builder.add(group, readings);
    }
    return new Expansion(
        List.copyOf(builder.hosts), List.copyOf(builder.problems), List.copyOf(builder.notices));
  }

  private static final class Builder {
    final List<Host> hosts = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final List<String> notices = new ArrayList<>();

    /// What each source lists that does not stand in the configuration itself. One that several
    /// groups name is read once.
    Map<TargetSource, Reading> read(List<GroupConfig> groups) throws InterruptedException {
      Map<TargetSource, Future<Reading>> begun = new LinkedHashMap<>();
      Map<TargetSource, Reading> readings = new HashMap<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (GroupConfig group : groups) {
          for (TargetSource source : group.sources()) {
            if (!(source instanceof TargetSource.Written)) {
              begun.computeIfAbsent(source, one -> threads.submit(() -> readOnce(one)));
            }
          }
        }
        for (Map.Entry<TargetSource, Future<Reading>> each : begun.entrySet()) {
          Reading reading = result(each.getValue());
          problems.addAll(reading.problems());
          readings.put(each.getKey(), reading);
        }
      }
      return readings;
    }

    private static Reading result(Future<Reading> future) throws InterruptedException {
      try {
        return future.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a source was not read", e.getCause());
      }
    }

    private static Reading readOnce(TargetSource source) throws InterruptedException {
      SourceReader reader = WatchedSource.of(source, 0).reader;
      Reading reading = reader.read(true);
      // A monitor waits for files that may yet come. Who reads once would take none for no targets.
      if (reader instanceof FileSource files && !files.hasFiles()) {
        String nothing = ((TargetSource.FileSd) source).pattern() + ": no such file";
        return new Reading(List.of(), List.of(nothing), 1);
      }
      return reading == null ? new Reading(List.of(), List.of(), 0) : reading;
    }

    void add(GroupConfig group, Map<TargetSource, Reading> readings) {
      Set<String> known = new HashSet<>();
      List<String> twice = new ArrayList<>();
      Map<Map<String, String>, Map<String, String>> merged = new HashMap<>();
      for (TargetSource source : group.sources()) {
        for (Listed listed : listed(source, readings)) {
          if (!hasRoomFor(listed, group)) {
            return;
          }
          Map<String, String> labels =
              merged.computeIfAbsent(listed.labels(), own -> Labels.over(group.labels(), own));
          listed.forEachHost((host, _) -> {
            if (known.add(host)) {
              String name = listed.name() == null ? host : listed.name();
              hosts.add(new Host(group, host, name, labels));
            } else {
              twice.add(host);
            }
          });
        }
      }
      if (!twice.isEmpty()) {
        notices.add(Roster.twiceLine(group.name(), twice));
      }
    }

    private static List<Listed> listed(TargetSource source, Map<TargetSource, Reading> readings) {
      if (source instanceof TargetSource.Written(var text, var name, var labels)) {
        return List.of(Listed.parse(text, name, labels));
      }
      Reading reading = readings.get(source);
      return reading == null ? List.of() : reading.listed();
    }

    private boolean hasRoomFor(Listed listed, GroupConfig group) {
      boolean hasRoom = listed.target().size() <= MonitorConfig.MOST_TARGETS - hosts.size();
      if (!hasRoom) {
        problems.add(
            "group %s: with '%s' there are more than %d targets"
                .formatted(group.name(), listed.text(), MonitorConfig.MOST_TARGETS));
      }
      return hasRoom;
    }
  }
}
