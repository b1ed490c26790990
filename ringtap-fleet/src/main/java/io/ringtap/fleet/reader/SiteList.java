package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.AgentRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// Which sites a fleet has, and which of them have an agent that lives. One thread uses it.
final class SiteList {
  /// Agents tell of themselves every few seconds.
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// A site of which nothing was heard for so long no longer counts.
  private static final long FORGOTTEN_MILLIS = TimeUnit.DAYS.toMillis(7);

  private final Map<String, Map<String, Long>> heard = new TreeMap<>(); // by site and agent, nanos

  SiteList() {}

  /// Whether what an agent said of itself is so old that its site no longer counts.
  ///
  /// @param recordMillis when it said so
  boolean isForgotten(long recordMillis, long nowMillis) {
    return nowMillis - recordMillis > FORGOTTEN_MILLIS;
  }

  /// Takes in what an agent says of itself, of a site that is [added][#add].
  void heard(AgentRecord agent, long nowNanos) {
    Map<String, Long> agents = heard.getOrDefault(agent.origin().site(), new HashMap<>());
    if (agent.isLeaving()) {
      agents.remove(agent.origin().agent());
    } else {
      agents.put(agent.origin().agent(), nowNanos);
    }
  }

  /// There is such a site.
  void add(String site) {
    heard.putIfAbsent(site, new HashMap<>());
  }

  /// All that are known.
  Set<String> all() {
    return heard.keySet();
  }

  /// Those with an agent that lives.
  Set<String> living(long nowNanos) {
    Set<String> living = new TreeSet<>();
    heard.forEach((site, agents) -> {
      if (agents.values().stream().anyMatch(last -> nowNanos - last < SILENT_NANOS)) {
        living.add(site);
      }
    });
    return living;
  }
}
