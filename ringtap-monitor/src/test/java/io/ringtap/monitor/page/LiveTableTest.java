package io.ringtap.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final long START = 1_700_000_000;
  private static final Target TARGET = Targets.number(0);

  private final List<Event> open = new ArrayList<>();
  private final LiveTable table = new LiveTable(_ -> 3, _ -> open);

  @Test
  void tellsTheStateByTheLatestProbes() {
    table.onTargetAdded(TARGET);
    assertThat(row().state()).isEqualTo(TargetState.PENDING);

    probe(Outcome.REPLY);
    assertThat(row().state()).isEqualTo(TargetState.UP);
    probe(Outcome.LOST);
    probe(Outcome.ERROR);
    assertThat(row().state()).isEqualTo(TargetState.FAILING);
    probe(Outcome.CORRUPTED);
    assertThat(row().state()).isEqualTo(TargetState.DOWN);
    probe(Outcome.REPLY);
    assertThat(row().state()).isEqualTo(TargetState.UP);
  }

  @Test
  void knowsFromTheEventThatASiteSeesATargetDown() {
    TargetKey key = new TargetKey("core", "host-0", AddressFamily.ANY, "fra1");
    Target target = new Target(0, key, "name-0", Map.of("site", "fra1"), ProbeSettings.DEFAULT);
    table.onTargetAdded(target);
    table.onReport(target, Targets.window(START, 10, 1_000_000, 0));
    Event down = new Event(target, EventKind.DOWN, true, START + 12, START + 15, "");
    open.add(down);
    table.onEvent(down);
    assertThat(row().state()).isEqualTo(TargetState.DOWN);

    // Its first probes still had replies.
    table.onReport(target, Targets.window(START + 10, 2, 1_000_000, 8));
    assertThat(row().state()).isEqualTo(TargetState.DOWN);
    table.onReport(target, Targets.window(START + 20, 0, 0, 10));

    open.clear();
    table.onEvent(new Event(target, EventKind.DOWN, false, START + 12, START + 31, ""));
    assertThat(row().state()).isEqualTo(TargetState.UP);
  }

  @Test
  void tellsANameWithoutAnAddress() {
    table.onTargetAdded(TARGET);
    table.onUnresolved(TARGET, "no such name");
    assertThat(row().state()).isEqualTo(TargetState.UNRESOLVED);

    table.onAddress(TARGET, null, IpAddress.parse("192.0.2.1"));
    assertThat(row().state()).isEqualTo(TargetState.PENDING);
  }

  @Test
  void neitherBlamesNorCreditsATargetForWhatThisMachineLost() {
    table.onTargetAdded(TARGET);
    probe(Outcome.REPLY);

    probe(Outcome.DROPPED);
    probe(Outcome.UNSENT);
    probe(Outcome.WITHDRAWN);
    probe(Outcome.LATE);

    assertThat(row().decided()).isEqualTo(1);
    assertThat(row().lost()).isZero();
    assertThat(row().state()).isEqualTo(TargetState.UP);
    assertThat(table.ownLosses()).isEqualTo(new OwnLosses(1, 1, MadeProbe.AT));
  }

  @Test
  void countsTheLastMinuteAndEachProbeOnce() {
    table.onTargetAdded(TARGET);
    for (int i = 0; i < 10; i++) {
      probe(i < 8 ? Outcome.REPLY : Outcome.LOST);
    }
    assertThat(List.of(row().lost(), row().decided())).containsExactly(2, 10);

    close(START, 8, 2);
    assertThat(List.of(row().lost(), row().decided())).containsExactly(2, 10);

    for (int i = 1; i < 6; i++) {
      close(START + 10L * i, 10, 0);
    }
    assertThat(List.of(row().lost(), row().decided())).containsExactly(2, 60);
    close(START + 60, 10, 0);
    assertThat(List.of(row().lost(), row().decided())).containsExactly(0, 60);
  }

  @Test
  void givesQuantilesOfTheWholeMinute() {
    table.onTargetAdded(TARGET);
    table.onWindow(TARGET, Targets.window(START, 30, 1_000_000, 0));
    table.onWindowsClosed(START);
    table.onWindow(TARGET, Targets.window(START + 10, 20, 5_000_000, 0));
    table.onWindowsClosed(START + 10);

    // Within half a bucket, which is 1/64 of the value.
    assertThat((double) row().medianNanos()).isBetween(984_000.0, 1_016_000.0);
    assertThat((double) row().p95Nanos()).isBetween(4_920_000.0, 5_080_000.0);
  }

  @Test
  void forgetsATargetThatIsSilentForAMinute() {
    table.onTargetAdded(TARGET);
    close(START, 10, 0);

    table.onWindowsClosed(START + 60);

    assertThat(row().decided()).isZero();
    assertThat(row().medianNanos()).isEqualTo(-1);
  }

  @Test
  void saysOnlyWhatHasChangedSince() {
    Target other = Targets.number(70); // beyond the first room
    table.onTargetAdded(TARGET);
    table.onTargetAdded(other);
    LiveRows all = table.since(0, Set.of());
    assertThat(all.rows()).hasSize(2);
    assertThat(table.since(all.version(), Set.of()).rows()).isEmpty();

    table.onProbe(new MadeProbe(other, Outcome.LOST, 0));
    table.onProbe(new MadeProbe(other, Outcome.LOST, 0));

    LiveRows changed = table.since(all.version(), Set.of());
    assertThat(changed.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.lost()).isEqualTo(2));
    // Another one, who has not asked since, hears of it as well.
    assertThat(table.since(all.version(), Set.of()).rows()).hasSize(1);
    assertThat(table.since(changed.version(), Set.of()).rows()).isEmpty();
    assertThat(table.since(changed.version() + 9, Set.of(0)).rows()).hasSize(1);
  }

  @Test
  void tellsNotEachReplyOfManyTargets() {
    for (int id = 0; id <= LiveTable.EACH_REPLY_UP_TO; id++) {
      table.onTargetAdded(Targets.number(id));
      table.onProbe(new MadeProbe(Targets.number(id), Outcome.REPLY, 1_000));
    }
    long seen = table.since(0, Set.of()).version();

    probe(Outcome.REPLY);
    assertThat(table.since(seen, Set.of()).rows()).isEmpty();
    probe(Outcome.LOST);
    assertThat(table.since(seen, Set.of()).rows()).hasSize(1);
    seen = table.since(0, Set.of()).version();
    probe(Outcome.REPLY);
    assertThat(table.since(seen, Set.of()).rows()).hasSize(1);
  }

  @Test
  void showsWhichEventsGoOn() {
    table.onTargetAdded(TARGET);
    LiveRows before = table.since(0, Set.of());
    Event event = new Event(TARGET, EventKind.LATENCY, true, 1, 2, "slow");

    open.add(event);
    table.onEvent(event);

    LiveRows after = table.since(before.version(), Set.of());
    assertThat(after.events()).isGreaterThan(before.events());
    assertThat(after.rows().getFirst().openEvents()).containsExactly(EventKind.LATENCY);
  }

  @Test
  void beginsAnewWithATargetThatComesBack() {
    table.onTargetAdded(TARGET);
    probe(Outcome.LOST);
    long inventory = table.since(0, Set.of()).inventory();

    table.onTargetRemoved(TARGET);
    assertThat(table.find(0)).isNull();
    assertThat(table.since(0, Set.of()).inventory()).isGreaterThan(inventory);
    table.onTargetAdded(TARGET);
    table.onWindow(TARGET, Targets.window(START, 0, 0, 1)); // the rest of what was before

    assertThat(row().decided()).isZero();
    assertThat(table.find("core/host-0")).isEqualTo(row());
  }

  private TargetRow row() {
    return table.since(0, Set.of()).rows().getFirst();
  }

  private void probe(Outcome outcome) {
    table.onProbe(new MadeProbe(TARGET, outcome, 1_000_000));
  }

  private void close(long start, int replies, int lost) {
    table.onWindow(TARGET, Targets.window(start, replies, 1_000_000, lost));
    table.onWindowsClosed(start);
  }
}
