package io.ringtap.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.status.AgentStatus;
import io.ringtap.fleet.status.AgentStatus.State;
import io.ringtap.fleet.status.FleetStatus;
import io.ringtap.fleet.status.SiteStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusViewTest {
  private static final long NOW = 1_700_000_000_000L;

  private static AgentStatus agent(
      String site, State state, long silentMillis, List<Integer> shards, @Nullable Long clock) {
    AgentRecord said =
        new AgentRecord(
            new Origin(site, "a", 1, 7, 5),
            "1.2",
            "host-" + site,
            NOW - silentMillis,
            2,
            shards,
            12,
            3456,
            1,
            2,
            3,
            40,
            5_000,
            6,
            state == State.LEFT);
    return new AgentStatus(said, state, silentMillis, shards, clock);
  }

  private static FleetStatus status() {
    return new FleetStatus(
        NOW,
        4,
        12,
        1,
        0,
        List.of(
            new SiteStatus(
                "ams2",
                "Stable",
                5,
                12,
                0,
                List.of(),
                List.of(agent("ams2", State.ALIVE, 2_000, List.of(0, 1, 2, 3), -300_000L))),
            new SiteStatus(
                "fra1",
                "Empty",
                7,
                10,
                8,
                List.of(0, 1, 3),
                List.of(
                    agent("fra1", State.SILENT, 200_000, List.of(), null),
                    agent("fra1", State.LEFT, 900_000, List.of(), null)))),
        List.of(new FleetStatus.Readers("ringtap-alerts", "Stable", null, 3L)));
  }

  @Test
  void isATableOfSitesAndOneOfAgentsAndOneOfReaders() {
    List<LiveRegion.Line> lines = StatusTable.lines(status(), ZoneOffset.UTC);

    assertThat(
            lines.stream().map(LiveRegion.Line::text).collect(Collectors.joining("\n", "", "\n")))
        .isEqualTo(
            """
            22:13:20  12 targets in 4 shards; of records of targets and agents 1 are invalid, 0 of a newer schema
            fra1: no agent has 8 of 10 targets, in shards 0-1,3

            site  group   generation  alive  silent  left  shards  targets  unwatched
            ams2  Stable           5      1       0     0     4/4       12          0
            fra1  Empty            7      0       1     1     1/4       10          8

            agent   version  host       state         capacity  shards  targets  probes  refused  queued  spool  dropped  invalid  newer   clock
            ams2/a  1.2      host-ams2  alive                2       4       12    3456        1      40  5.00k        6        2      3  -5m00s
            fra1/a  1.2      host-fra1  silent 3m20s         2       0       12    3456        1      40  5.00k        6        2      3       -

            readers         state   results lag  events lag
            ringtap-alerts  Stable            -           3
            """);
    LiveRegion.Line silent = lines.get(9);
    assertThat(silent.text().substring(silent.begin(), silent.end())).isEqualTo("silent 3m20s");
    assertThat(lines.get(8).begin()).isEqualTo(lines.get(8).end());
  }

  @Test
  void saysThatThereAreNoSites() {
    FleetStatus none = new FleetStatus(NOW, 4, 12, 0, 0, List.of(), List.of());

    assertThat(none.unwatched()).isEqualTo(12);
    assertThat(StatusTable.lines(none, ZoneOffset.UTC))
        .extracting(LiveRegion.Line::text)
        .containsExactly(
            "22:13:20  12 targets in 4 shards",
            "there are no sites: no agent was heard of in the last seven days");
  }

  @Test
  void isAnObjectEachTime() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (Output out = new Output(sink, _ -> {})) {
      StatusView view = new StatusJson(out);
      view.onStatus(status());
      view.onStatus(status());
      assertThat(out.drain(TimeUnit.SECONDS.toNanos(60))).isTrue();
    }

    String agent =
        """
        "version":"1.2","host":"host-%s","capacity":2,"assigned_shards":[%s],"targets":12,"probes":3456,\
        "refused":1,"queued":40,"spool_bytes":5000,"dropped":6,"invalid":2,"newer":3}\
        """;
    String line =
        """
        {"type":"status","ts_ns":1700000000000000000,"shards":4,"targets":12,"unwatched":8,"invalid":1,"newer":0,\
        "sites":[{"site":"ams2","group_state":"Stable","generation":5,"targets":12,"unwatched":0,\
        "unassigned_shards":[],"agents":[{"agent":"a","state":"alive","silent_ms":2000,"clock_off_ms":-300000,%s]},\
        {"site":"fra1","group_state":"Empty","generation":7,"targets":10,"unwatched":8,\
        "unassigned_shards":[0,1,3],"agents":[{"agent":"a","state":"silent","silent_ms":200000,"clock_off_ms":null,%s,\
        {"agent":"a","state":"left","silent_ms":900000,"clock_off_ms":null,%s]}],\
        "readers":[{"group":"ringtap-alerts","state":"Stable","results_lag":null,"events_lag":3}]}
        """
            .formatted(
                agent.formatted("ams2", "0,1,2,3"),
                agent.formatted("fra1", ""),
                agent.formatted("fra1", ""));
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo(line + line);
  }
}
