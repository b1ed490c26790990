package io.ringtap.fleet.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.TargetSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardTargetsTest {
  private final Unreadable unreadable = new Unreadable();
  private final ShardTargets targets = new ShardTargets(unreadable);

  private static TargetRecord target(String group, String host, String... sites) {
    return new TargetRecord(
        group, host, host, Map.of(), List.of(sites), ProbeSettings.DEFAULT, List.of());
  }

  private boolean take(int shard, String key, byte @Nullable [] value) {
    return targets.take(new ConsumerRecord<>("targets", shard, 0, key.getBytes(UTF_8), value));
  }

  private boolean take(int shard, TargetRecord target) {
    return take(shard, new String(target.key(), UTF_8), target.encode());
  }

  private TargetGroups groups(String site) {
    return TargetGroups.of(targets, site);
  }

  @Test
  void givesNothingOfAShardBeforeItIsWhole() {
    targets.add(3);

    assertThat(take(3, target("core", "192.0.2.1"))).isFalse();
    assertThat(targets.unread()).containsExactly(3);
    assertThat(targets.whole()).isEmpty();

    targets.whole(3);

    assertThat(targets.unread()).isEmpty();
    assertThat(targets.whole()).containsOnlyKeys(3);
  }

  @Test
  void saysWhetherARecordChangesWhatIsWatched() {
    targets.add(3);
    targets.whole(3);

    assertThat(take(3, target("core", "192.0.2.1"))).isTrue();
    assertThat(take(3, target("core", "192.0.2.1"))).isFalse();
    assertThat(take(3, target("core", "192.0.2.1", "fra1"))).isTrue();
    assertThat(take(4, target("core", "192.0.2.2"))).as("not its shard").isFalse();
    assertThat(take(3, "core/192.0.2.1", null)).isTrue();
    assertThat(take(3, "core/192.0.2.1", null)).isFalse();
  }

  @Test
  void keepsWhatIsKnownOfATargetWhenARecordCannotBeRead() {
    targets.add(3);
    take(3, target("core", "192.0.2.1"));
    targets.whole(3);

    assertThat(take(3, "core/192.0.2.1", "{".getBytes(UTF_8))).isFalse();
    assertThat(take(3, "core/192.0.2.1", target("core", "192.0.2.2").encode())).isFalse();
    assertThat(take(3, "core/192.0.2.1", "{\"schema\":2}".getBytes(UTF_8))).isFalse();

    assertThat(unreadable.invalid()).isEqualTo(2);
    assertThat(unreadable.newer()).isEqualTo(1);
    assertThat(groups("fra1").targets()).isEqualTo(1);
  }

  @Test
  void hasNothingOfShardsThatAreGivenUp() {
    targets.add(3);
    targets.add(4);
    take(3, target("core", "192.0.2.1"));
    take(4, target("core", "192.0.2.2"));
    targets.whole(3);
    targets.whole(4);

    targets.removeAll(List.of(3));

    assertThat(targets.numbers()).containsExactly(4);
    assertThat(groups("fra1").targets()).isEqualTo(1);
  }

  @Test
  void groupsTheTargetsOfASite() {
    targets.add(0);
    targets.add(1);
    take(0, target("core", "192.0.2.1"));
    take(1, target("core", "192.0.2.2", "fra1", "ams2"));
    take(1, target("edge", "192.0.2.3", "ams2"));
    targets.whole(0);
    targets.whole(1);

    TargetGroups fra1 = groups("fra1");

    assertThat(fra1.targets()).isEqualTo(2);
    assertThat(fra1.leftOut()).isEmpty();
    assertThat(fra1.groups()).extracting(GroupConfig::name).containsExactly("core");
    assertThat(fra1.groups().getFirst().sources())
        .extracting(each -> ((TargetSource.Written) each).text())
        .containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(groups("ams2").groups())
        .extracting(GroupConfig::name)
        .containsExactly("core", "edge");
  }

  @Test
  void leavesOutWholeShardsWithWhichThereWouldBeTooManyProbes() {
    ProbeSettings all = ProbeSettings.DEFAULT;
    ProbeSettings fast =
        new ProbeSettings(
            Duration.ofMillis(1),
            all.timeout(),
            all.payloadBytes(),
            all.trafficClass(),
            all.hopLimit(),
            all.source(),
            all.interfaceName(),
            all.transport(),
            all.family());
    int most = MonitorConfig.MOST_PROBES_PER_SECOND / 1_000;
    targets.add(0);
    targets.add(1);
    targets.add(2);
    for (int i = 0; i < most; i++) {
      String host = "10.0." + i / 256 + "." + i % 256;
      take(0, new TargetRecord("core", host, host, Map.of(), List.of(), fast, List.of()));
    }
    take(1, target("core", "192.0.2.1"));
    take(2, target("core", "192.0.2.2", "ams2"));
    List.of(0, 1, 2).forEach(targets::whole);

    assertThat(groups("fra1").targets()).isEqualTo(most);
    assertThat(groups("fra1").leftOut()).containsExactly(1);
  }
}
