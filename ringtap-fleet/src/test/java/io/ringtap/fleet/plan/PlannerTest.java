package io.ringtap.fleet.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final int SHARDS = 4;

  private final TargetRecord a = target("a.example", Map.of("rack", "r1"));
  private final TargetRecord b = target("b.example", Map.of());
  private final Planner planner = new Planner(List.of(a, b), SHARDS);

  @Test
  void addsWhatTheTopicDoesNotHave() throws Exception {
    take(a);

    Plan plan = planner.plan(false);

    assertThat(plan.changes())
        .containsExactly(new TargetChange.Added("core/b.example", shardOf(b), b));
    assertThat(plan.unchanged()).isOne();
  }

  @Test
  void saysWhichValuesAreDifferent() throws Exception {
    take(b);
    take(
        new TargetRecord(
            "core",
            "a.example",
            "router",
            Map.of("rack", "r7", "row", "4"),
            List.of("fra1"),
            ProbeSettings.DEFAULT.withInterval(Duration.ofSeconds(90)),
            List.of(RuleConfig.usual(EventKind.LATENCY))));

    Plan plan = planner.plan(false);

    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            TargetChange.Changed.class,
            change ->
                assertThat(change.fields())
                    .extracting(each -> each.field() + ": " + each.before() + " -> " + each.after())
                    .containsExactly(
                        "name: router -> a.example",
                        "sites: [fra1] -> all",
                        "interval: 1m30s -> 1s",
                        "labels.rack: r7 -> r1",
                        "alerts.loss: null -> {above: 5%, clear: 1%, over: 1m, for: 0}",
                        "labels.row: 4 -> null",
                        "alerts.latency: {above: 100ms, clear: 80ms, over: 1m, for: 0} -> null"));
  }

  @Test
  void countsOrRemovesWhatIsNotInTheFile() throws Exception {
    TargetRecord gone = target("gone.example", Map.of());
    take(a);
    take(b);
    take(gone);

    assertThat(planner.plan(false)).isEqualTo(new Plan(List.of(), 2, 1));
    assertThat(planner.plan(true).changes())
        .containsExactly(new TargetChange.Removed("core/gone.example", shardOf(gone), false));

    planner.take(shardOf(gone), gone.key(), null);

    assertThat(planner.plan(true)).isEqualTo(new Plan(List.of(), 2, 0));
  }

  @Test
  void takesTheLastRecordOfAKey() throws Exception {
    take(a);
    take(b);
    planner.take(shardOf(a), a.key(), "{}".getBytes(UTF_8));

    assertThat(planner.plan(false).changes())
        .containsExactly(new TargetChange.Changed("core/a.example", shardOf(a), a, List.of()));

    take(a);

    assertThat(planner.plan(false).isDone()).isTrue();
  }

  @Test
  void removesASecondCopyInAPartitionOfAnotherKey() throws Exception {
    int other = (shardOf(a) + 1) % SHARDS;
    take(a);
    take(b);
    planner.take(other, a.key(), a.encode());

    assertThat(planner.plan(false).changes())
        .containsExactly(new TargetChange.Removed("core/a.example", other, true));
  }

  @Test
  void refusesToWriteOverWhatALaterVersionWrote() {
    String newer = new String(a.encode(), UTF_8).replace("\"schema\":1", "\"schema\":2");
    planner.take(shardOf(a), a.key(), newer.getBytes(UTF_8));

    assertThatThrownBy(() -> planner.plan(false))
        .hasMessage(
            "a later version wrote core/a.example to the topic (schema 2): apply the file with that"
                + " version");
  }

  @Test
  void takesARecordWithFieldsOfALaterVersionForTheSame() throws Exception {
    String more = new String(a.encode(), UTF_8).replace("{\"schema\":1", "{\"schema\":1,\"x\":[1]");
    planner.take(shardOf(a), a.key(), more.getBytes(UTF_8));
    take(b);

    assertThat(planner.plan(false).isDone()).isTrue();
  }

  private void take(TargetRecord target) {
    planner.take(shardOf(target), target.key(), target.encode());
  }

  private static int shardOf(TargetRecord target) {
    return Planner.shardOf(target.key(), SHARDS);
  }

  private static TargetRecord target(String host, Map<String, String> labels) {
    return new TargetRecord(
        "core",
        host,
        host,
        labels,
        List.of(),
        ProbeSettings.DEFAULT,
        List.of(RuleConfig.usual(EventKind.LOSS)));
  }
}
