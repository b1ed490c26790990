package io.ringtap.fleet.status;

import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.status.AgentStatus.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the topics of targets and agents say, record by record. One thread uses it.
final class Census {
  /// Agents say every five seconds how they are.
  private static final long PERIOD_MILLIS = 5_000;

  private static final long SILENT_MILLIS = 3 * PERIOD_MILLIS;

  /// An agent that was not heard of for so long no longer counts, as for readers.
  private static final long FORGOTTEN_MILLIS = TimeUnit.DAYS.toMillis(7);

  /// @param heardMillis when it said so
  /// @param isFresh whether that was while this machine listened, so by its clock
  /// @param aheadMillis of its clock when it was heard
  private record Heard(AgentRecord agent, long heardMillis, boolean isFresh, long aheadMillis) {}

  private final Map<Integer, Map<String, List<String>>> sitesOfTargets =
      new HashMap<>(); // by shard
  private final Map<String, Heard> agents = new TreeMap<>(); // by site/agent
  private long invalid;
  private long newer;

  Census() {}

  /// Takes a record of the topic of targets.
  void takeTarget(int shard, byte @Nullable [] key, byte @Nullable [] value) {
    Map<String, List<String>> targets = sitesOfTargets.computeIfAbsent(shard, _ -> new HashMap<>());
    if (key != null && value == null) {
      targets.remove(text(key));
    } else {
      TargetRecord target = valid(TargetRecord.read(value));
      if (target != null && isKey(key, target.key())) {
        targets.put(text(target.key()), target.sites());
      }
    }
  }

  /// Takes a record of the topic of agents.
  ///
  /// @param writtenMillis when it was written, by the clock of the agent or of the broker
  /// @param isFresh whether that was just now
  void takeAgent(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long writtenMillis,
      boolean isFresh,
      long nowMillis) {
    if (key != null && value == null) {
      agents.remove(text(key));
      return;
    }
    AgentRecord agent = valid(AgentRecord.read(value));
    if (agent != null && isKey(key, agent.key())) {
      long heard = isFresh ? nowMillis : Math.min(writtenMillis, nowMillis);
      agents.put(
          text(agent.key()), new Heard(agent, heard, isFresh, agent.epochMillis() - nowMillis));
    }
  }

  private <T> @Nullable T valid(Reading<T> reading) {
    return switch (reading) {
      case Reading.Valid<T>(T value) -> value;
      case Reading.Newer<T> _ -> {
        newer++;
        yield null;
      }
      case Reading.Invalid<T> _ -> {
        invalid++;
        yield null;
      }
    };
  }

  private boolean isKey(byte @Nullable [] key, byte[] wanted) {
    boolean isRight = Arrays.equals(key, wanted);
    invalid += isRight ? 0 : 1;
    return isRight;
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /// All sites: those of agents that were heard of in the last days, and those that targets name.
  Set<String> sites(long nowMillis) {
    Set<String> sites = new TreeSet<>();
    known(nowMillis).forEach(each -> sites.add(each.agent.origin().site()));
    for (Map<String, List<String>> shard : sitesOfTargets.values()) {
      shard.values().forEach(sites::addAll);
    }
    return sites;
  }

  private List<Heard> known(long nowMillis) {
    return agents.values().stream()
        .filter(each -> nowMillis - each.heardMillis < FORGOTTEN_MILLIS)
        .toList();
  }

  /// Whether the group has members of which it is not known how they are: the clock of one that
  /// seems silent may be off, so it is to be waited for what it says next.
  boolean isUnclear(String site, SiteGroup group, long nowMillis) {
    return group.members().keySet().stream()
        .map(name -> agents.get(site + "/" + name))
        .anyMatch(each ->
            each == null
                || (!each.isFresh
                    && Math.abs(nowMillis - each.agent.epochMillis()) > PERIOD_MILLIS));
  }

  long targets() {
    return sitesOfTargets.values().stream().mapToLong(Map::size).sum();
  }

  long invalid() {
    return invalid;
  }

  long newer() {
    return newer;
  }

  /// How a site is.
  ///
  /// @param shards how many there are
  SiteStatus site(String name, SiteGroup group, int shards, long nowMillis) {
    List<AgentStatus> found = new ArrayList<>();
    Set<Integer> assigned = new TreeSet<>();
    int generation = 0;
    for (Heard each : known(nowMillis)) {
      if (each.agent.origin().site().equals(name)) {
        AgentStatus agent = agent(each, group, nowMillis);
        found.add(agent);
        assigned.addAll(agent.shards());
        generation = Math.max(generation, each.agent.origin().generation());
      }
    }
    group.members().values().forEach(assigned::addAll); // also of one that has said nothing yet
    List<Integer> unassigned = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      if (!assigned.contains(shard)) {
        unassigned.add(shard);
      }
    }
    return new SiteStatus(
        name,
        group.state(),
        generation,
        targets(name, sitesOfTargets.keySet()),
        targets(name, unassigned),
        unassigned,
        found);
  }

  private long targets(String site, Collection<Integer> shards) {
    return shards.stream()
        .flatMap(shard -> sitesOfTargets.getOrDefault(shard, Map.of()).values().stream())
        .filter(sites -> sites.isEmpty() || sites.contains(site))
        .count();
  }

  private static AgentStatus agent(Heard heard, SiteGroup group, long nowMillis) {
    AgentRecord agent = heard.agent;
    Set<Integer> shards = group.members().get(agent.origin().agent());
    if (shards != null && !group.isStable()) {
      shards = Set.copyOf(agent.shards());
    }
    long silent = Math.max(0, nowMillis - heard.heardMillis);
    State state = State.ALIVE;
    if (agent.isLeaving()) {
      state = State.LEFT;
    } else if (silent > SILENT_MILLIS) {
      state = State.SILENT;
    }
    boolean isClockKnown = heard.isFresh || heard.aheadMillis > 0;
    return new AgentStatus(
        agent,
        state,
        silent,
        shards == null ? List.of() : shards.stream().sorted().toList(),
        isClockKnown ? heard.aheadMillis : null);
  }
}
