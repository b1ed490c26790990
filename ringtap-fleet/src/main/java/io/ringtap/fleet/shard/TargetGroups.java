package io.ringtap.fleet.shard;

import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.shard.ShardTargets.Entry;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.config.TargetSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The targets of shards, as groups that can be watched.
///
/// @param groups those of the same name are probed in different ways, as they are while a changed
///   configuration is being written
/// @param targets how many are in them
/// @param leftOut shards with which there would be more than one agent is made for
public record TargetGroups(List<GroupConfig> groups, int targets, List<Integer> leftOut) {
  /// What makes targets one group to the monitor.
  private record Way(String group, ProbeSettings settings) {}

  /// How much an agent is made for, of which so much is used.
  private static final class Room {
    long targets;
    double probesPerSecond;

    /// @return false if they do not fit, and nothing is changed then
    boolean take(Collection<TargetRecord> shard) {
      long moreTargets = 0;
      double moreProbes = 0;
      for (TargetRecord target : shard) {
        int times = target.settings().family() == AddressFamily.BOTH ? 2 : 1;
        moreTargets += times;
        moreProbes += times * 1e9 / target.settings().interval().toNanos();
      }
      boolean isEnough =
          targets + moreTargets <= MonitorConfig.MOST_TARGETS
              && probesPerSecond + moreProbes <= MonitorConfig.MOST_PROBES_PER_SECOND;
      targets += isEnough ? moreTargets : 0;
      probesPerSecond += isEnough ? moreProbes : 0;
      return isEnough;
    }
  }

  /// What a site has to watch of what has been read.
  public static TargetGroups of(ShardTargets targets, String site) {
    Map<Way, List<TargetSource>> sources = new LinkedHashMap<>();
    Map<String, Entry> newest = new HashMap<>(); // by group
    List<Integer> leftOut = new ArrayList<>();
    Room room = new Room();
    targets
        .whole()
        .forEach((shard, entries) -> {
          List<Entry> ours = entries.stream().filter(each -> each.target().isFor(site)).toList();
          if (room.take(ours.stream().map(Entry::target).toList())) {
            for (Entry entry : ours) {
              TargetRecord target = entry.target();
              sources
                  .computeIfAbsent(
                      new Way(target.group(), target.settings()), _ -> new ArrayList<>())
                  .add(new TargetSource.Written(target.host(), target.name(), target.labels()));
              newest.merge(
                  target.group(), entry, (a, b) -> b.epochMillis() > a.epochMillis() ? b : a);
            }
          } else {
            leftOut.add(shard);
          }
        });
    // Those of a group have the same rules, but for the moment in which others are written.
    Map<String, List<RuleConfig>> newestRules = new HashMap<>();
    newest.forEach((group, entry) -> newestRules.put(group, entry.target().rules()));
    List<GroupConfig> groups = new ArrayList<>();
    sources.forEach((way, list) -> {
      List<RuleConfig> rules = newestRules.getOrDefault(way.group, List.of());
      groups.add(new GroupConfig(way.group, way.settings, Map.of(), list, rules, List.of()));
    });
    return new TargetGroups(groups, (int) room.targets, leftOut);
  }
}
