package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a whole configuration says, with all defaults filled in. Immutable.
///
/// @param groups who is watched, and how
/// @param store where the history is kept, and how much of it
/// @param delivery who hears of events
/// @param web what is served
public record MonitorConfig(
    List<GroupConfig> groups, StoreConfig store, DeliveryConfig delivery, WebConfig web) {
  /// More targets than one monitor is made for.
  public static final int MOST_TARGETS = 200_000;

  /// More probes than one monitor is made for.
  public static final int MOST_PROBES_PER_SECOND = 200_000;

  /// The group of targets that are named without a file.
  public static final String PLAIN_GROUP = "targets";

  /// A configuration of plain targets in one group, with the usual rules and no deliveries.
  ///
  /// @param targets names, addresses, prefixes and ranges; one that is there twice counts once
  /// @throws IllegalArgumentException if one of them is no target, or they are too many; the
  ///   message says so on one line
  public static MonitorConfig of(
      List<String> targets, ProbeSettings settings, StoreConfig store, WebConfig web) {
    Set<String> texts = new LinkedHashSet<>(targets);
    long count = 0;
    for (String text : texts) {
      count += Math.min(TargetText.parse(text).size(), MOST_TARGETS + 1L);
      if (count > MOST_TARGETS) {
        throw new IllegalArgumentException(
            "with " + Mistake.quoted(text) + " there are more than " + MOST_TARGETS + " targets");
      }
    }
    if (count * 1e9 / settings.interval().toNanos() > MOST_PROBES_PER_SECOND) {
      throw new IllegalArgumentException(
          count
              + " targets need a longer interval: at most "
              + MOST_PROBES_PER_SECOND
              + " probes a second may be sent");
    }
    List<TargetSource> sources =
        texts.stream()
            .<TargetSource>map(text -> new TargetSource.Written(text, null, Map.of()))
            .toList();
    GroupConfig group =
        new GroupConfig(PLAIN_GROUP, settings, Map.of(), sources, RuleConfig.DEFAULTS, List.of());
    return new MonitorConfig(List.of(group), store, DeliveryConfig.NONE, web);
  }
}
