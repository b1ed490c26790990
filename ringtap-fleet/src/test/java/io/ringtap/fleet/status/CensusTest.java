package io.ringtap.fleet.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.status.AgentStatus.State;
import io.ringtap.monitor.config.ProbeSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final int SHARDS = 4;
  private static final long DAY = 86_400_000;

  private final Census census = new Census();

  private void target(int shard, String host, String... sites) {
    TargetRecord target =
        new TargetRecord(
            "core", host, host, Map.of(), List.of(sites), ProbeSettings.DEFAULT, List.of());
    census.takeTarget(shard, target.key(), target.encode());
  }

  private static AgentRecord agent(
      String site, String name, long clockMillis, int generation, boolean isLeaving) {
    return new AgentRecord(
        new Origin(site, name, 1, 7, generation),
        "1.2",
        "machine",
        clockMillis,
        1,
        List.of(0, 1),
        2,
        100,
        0,
        0,
        0,
        0,
        0,
        0,
        isLeaving);
  }

  private void hear(AgentRecord agent, boolean isFresh) {
    census.takeAgent(agent.key(), agent.encode(), agent.epochMillis(), isFresh, NOW);
  }

  private static SiteGroup stable(Map<String, Set<Integer>> members) {
    return new SiteGroup("Stable", true, members);
  }

  private SiteStatus site(String name, SiteGroup group) {
    return census.site(name, group, SHARDS, NOW);
  }

  @Test
  void countsTheTargetsOfEachSiteInShardsThatNoAgentHas() {
    target(0, "192.0.2.1");
    target(1, "192.0.2.2", "fra1");
    target(2, "192.0.2.3", "fra1", "ams2");
    target(2, "192.0.2.4", "ams2");
    hear(agent("fra1", "a", NOW - 1_000, 5, false), false);

    SiteStatus fra1 = site("fra1", stable(Map.of("a", Set.of(0, 1))));
    SiteStatus ams2 = site("ams2", SiteGroup.NONE);

    assertThat(census.targets()).isEqualTo(4);
    assertThat(census.sites(NOW)).containsExactly("ams2", "fra1");
    assertThat(fra1.targets()).isEqualTo(3);
    assertThat(fra1.unassigned()).containsExactly(2, 3);
    assertThat(fra1.unwatched()).isEqualTo(1);
    assertThat(fra1.generation()).isEqualTo(5);
    assertThat(ams2.agents()).isEmpty();
    assertThat(ams2.targets()).isEqualTo(3);
    assertThat(ams2.unwatched()).isEqualTo(ams2.targets());
  }

  @Test
  void forgetsTargetsThatHaveEndedAndCountsWhatCannotBeRead() {
    target(0, "192.0.2.1");
    target(0, "192.0.2.2");
    census.takeTarget(0, "core/192.0.2.2".getBytes(UTF_8), null);
    census.takeTarget(0, "core/192.0.2.3".getBytes(UTF_8), "{".getBytes(UTF_8));
    census.takeTarget(
        0, "core/192.0.2.3".getBytes(UTF_8), "{\"schema\":2,\"kind\":\"target\"}".getBytes(UTF_8));
    AgentRecord other = agent("fra1", "a", NOW, 1, false);
    census.takeAgent("fra1/b".getBytes(UTF_8), other.encode(), NOW, true, NOW);

    assertThat(census.targets()).isEqualTo(1);
    assertThat(census.invalid()).isEqualTo(2);
    assertThat(census.newer()).isEqualTo(1);
    assertThat(census.sites(NOW)).isEmpty();
  }

  @Test
  void distinguishesAgentsThatLiveFromSilentOnesAndThoseThatHaveLeft() {
    hear(agent("fra1", "a", NOW - 4_000, 3, false), false);
    hear(agent("fra1", "b", NOW - 40_000, 2, false), false);
    hear(agent("fra1", "c", NOW - 40_000, 2, true), false);
    hear(agent("old1", "a", NOW - 8 * DAY, 2, false), false);

    SiteStatus site = site("fra1", stable(Map.of("a", Set.of(0, 1, 2, 3))));

    assertThat(site.agents())
        .extracting(AgentStatus::state)
        .containsExactly(State.ALIVE, State.SILENT, State.LEFT);
    assertThat(site.agents().get(1).silentMillis()).isEqualTo(40_000);
    assertThat(site.agents().get(1).shards()).isEmpty();
    assertThat(site.count(State.SILENT)).isEqualTo(1);
    assertThat(census.sites(NOW)).containsExactly("fra1");
  }

  @Test
  void takesTheShardsThatAgentsNameWhileSomeMove() {
    hear(agent("fra1", "a", NOW, 3, false), true);

    SiteStatus site =
        site("fra1", new SiteGroup("PreparingRebalance", false, Map.of("a", Set.of())));

    assertThat(site.agents().getFirst().shards()).containsExactly(0, 1);
    assertThat(site.unassigned()).containsExactly(2, 3);
  }

  @Test
  void knowsHowFarAClockIsOffWhenTheAgentIsHeard() {
    SiteGroup group = stable(Map.of("a", Set.of(0)));
    hear(agent("fra1", "a", NOW - 300_000, 3, false), false);

    assertThat(census.isUnclear("fra1", group, NOW)).isTrue();
    assertThat(site("fra1", group).agents().getFirst().state()).isEqualTo(State.SILENT);
    assertThat(site("fra1", group).agents().getFirst().clockOffMillis()).isNull();

    hear(agent("fra1", "a", NOW - 299_000, 3, false), true);

    assertThat(census.isUnclear("fra1", group, NOW)).isFalse();
    assertThat(site("fra1", group).agents().getFirst().state()).isEqualTo(State.ALIVE);
    assertThat(site("fra1", group).agents().getFirst().clockOffMillis()).isEqualTo(-299_000);
  }
}
