package io.ringtap.monitor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.SeenBy;
import io.ringtap.monitor.store.series.Resolution;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The history of a fleet: windows come from elsewhere, some late and in any order.
class FleetStoreTest {
  private static final long START = MadeHistory.START;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(START + 7200));

  @TempDir Path folder;

  private Store open() throws IOException {
    return Store.openOfFleet(MadeHistory.config(folder), CLOCK);
  }

  private static Target target(Store store, String site) {
    TargetKey key = new TargetKey("core", "10.0.0.1", AddressFamily.ANY, site);
    Map<String, String> labels = Map.of("site", site);
    return new Target(store.idOf(key), key, "router", labels, ProbeSettings.DEFAULT);
  }

  private static Window window(long start, int replies) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    for (int i = 0; i < replies; i++) {
      counts.add(Outcome.REPLY);
      rtt.add(1_000_000L + i);
    }
    counts.add(Outcome.LOST, 10 - replies);
    return new Window(start, Window.BASE_SECONDS, counts, rtt, 64);
  }

  private static void append(
      Reports reports, Target target, long start, int replies, boolean isLate)
      throws InterruptedException {
    TreeMap<Integer, Window> rows = new TreeMap<>(Map.of(target.id(), window(start, replies)));
    assertThat(reports.append(start, rows, isLate)).isTrue();
  }

  private static long decided(List<Window> windows) {
    return windows.stream().mapToLong(each -> each.counts().decided()).sum();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void addsUpWhatComesLateInAnyOrder(boolean isInMemory) throws Exception {
    StoreConfig config = isInMemory ? StoreConfig.DEFAULT : MadeHistory.config(folder);
    List<Long> late = new ArrayList<>();
    for (int i = 1; i < 720; i += 2) {
      late.add(START + i * 10L);
    }
    Collections.shuffle(late, new Random(1));

    try (Store store = Store.openOfFleet(config, CLOCK)) {
      Target target = target(store, "fra1");
      store.onTargetAdded(target);
      for (int i = 0; i < 720; i += 2) {
        append(store.reports(), target, START + i * 10L, 9, false);
        if (i % 40 == 0) { // some agents' come an hour later, others' between them
          for (Long start : late.subList(i / 2, Math.min(late.size(), i / 2 + 20))) {
            append(store.reports(), target, start, 8, true);
          }
        }
      }
      append(store.reports(), target, START, 7, true); // a second one of the same ten seconds

      for (int points : new int[] {2, 3, 10, 50, 100, 720, 5000}) {
        List<Window> windows = store.history().windows(target.id(), START, START + 7200, points);
        assertThat(windows).hasSizeLessThanOrEqualTo(points);
        assertThat(decided(windows)).as("%d points", points).isEqualTo(721 * 10);
        assertThat(MadeHistory.rtt(windows).count()).isEqualTo(360 * 9 + 360 * 8 + 7);
      }
      for (Resolution resolution : List.of(Resolution.TEN_SECONDS, Resolution.MINUTES)) {
        List<Window> exported = new ArrayList<>();
        store
            .history()
            .windows(resolution, START, START + 7200, _ -> true, (_, each) -> exported.add(each));
        assertThat(exported).hasSize(7200 / resolution.seconds());
        assertThat(decided(exported)).isEqualTo(721 * 10);
      }
    }
    if (!isInMemory) { // late ones share files, whatever their order
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.filter(file -> file.toString().contains("late10s"))).hasSize(1);
      }
      try (History history = Store.read(folder)) {
        assertThat(decided(history.windows(0, START, START + 7200, 100))).isEqualTo(721 * 10);
        assertThat(history.targets().getFirst().key()).hasToString("core/10.0.0.1@fra1");
      }
    }
  }

  @Test
  void hasAfterACrashWhatWasThereAtTheLastMarks() throws Exception {
    Target target;
    try (Store store = open()) {
      target = target(store, "fra1");
      store.onTargetAdded(target);
      for (int i = 0; i < 100; i++) {
        append(store.reports(), target, START + i * 10L, 10, false);
      }
      append(store.reports(), target, START + 20, 10, true);
      store.onEvent(event(target, true, 1));
      assertThat(store.reports().mark(Map.of("read", "100".getBytes(UTF_8)))).isTrue();
      for (int i = 100; i < 800; i++) { // hours too
        append(store.reports(), target, START + i * 10L, 10, false);
      }
      append(store.reports(), target, START + 30, 10, true);
      append(store.reports(), target, START + 100_000, 10, true);
      store.onEvent(event(target, false, 2));
    }

    for (int again = 0; again < 2; again++) {
      try (Store store = open()) {
        assertThat(store.reports().marks().get("read")).isEqualTo("100".getBytes(UTF_8));
        for (int points : new int[] {2, 10, 100, 5000}) {
          List<Window> windows =
              store.history().windows(target.id(), START, START + 200_000, points);
          assertThat(decided(windows)).isEqualTo(101 * 10);
        }
        assertThat(store.history().events(EventFilter.newest(10))).hasSize(1);
        assertThat(store.openEvents()).hasSize(1);
        for (int i = 100; i < 130; i++) { // brought again, and lost again
          append(store.reports(), target, START + i * 10L, 10, false);
        }
      }
    }
  }

  @Test
  void hasNothingAfterACrashBeforeTheFirstMarks() throws Exception {
    try (Store store = open()) {
      Target target = target(store, "fra1");
      append(store.reports(), target, START, 10, false);
      append(store.reports(), target, START, 10, true);
    }

    try (Store store = open()) {
      assertThat(store.reports().marks()).isEmpty();
      assertThat(store.history().windows(0, START, START + 10, 2)).isEmpty();
    }
  }

  @Test
  void answersWhoKeepsMarksWhenItIsClosed() throws Exception {
    Store store = open();
    Reports reports = store.reports();
    store.close();

    assertThat(reports.mark(Map.of("read", "1".getBytes(UTF_8)))).isFalse();
    assertThat(reports.append(START, new TreeMap<>(), false)).isFalse();
  }

  @Test
  void keepsWhatSitesSaidTogetherAndTargetsBySite() throws Exception {
    try (Store store = open()) {
      Target fra = target(store, "fra1");
      Target ams = target(store, "ams1");
      store.onTargetAdded(fra);
      store.onTargetAdded(ams);
      store.onEvent(event(fra, true, 1));
      assertThat(store.reports().mark(Map.of())).isTrue();

      assertThat(ams.id()).isNotEqualTo(fra.id());
    }

    try (Store store = open()) {
      assertThat(store.history().events(EventFilter.newest(1)).getFirst().sites())
          .isEqualTo("1 of 2 sites (fra1)");
      assertThat(target(store, "ams1").id()).isEqualTo(1);
      assertThat(store.history().targets().getFirst().labels()).containsEntry("site", "fra1");
    }
  }

  private static Event event(Target target, boolean isBegin, long nanos) {
    SeenBy seenBy = new SeenBy(isBegin ? List.of("fra1") : List.of(), 2);
    return new Event(target, EventKind.DOWN, isBegin, 1, nanos, "3 probes", seenBy);
  }

  @Test
  void isNotGoneOnWithByAMonitorThatProbesNorTheOtherWayRound() throws IOException {
    Path other = folder.resolve("other");
    open().close();
    Store.open(MadeHistory.config(other), CLOCK).close();

    assertThatThrownBy(() -> Store.open(MadeHistory.config(folder), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(
            folder
                + " is the history of a fleet (ringtap monitor --from kafka); give this one a"
                + " folder of its own");
    assertThatThrownBy(() -> Store.openOfFleet(MadeHistory.config(other), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(
            other
                + " is the history of a monitor that probes by itself; give this one a folder of"
                + " its own");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNeverLargerThanItsLimit(boolean isLate) throws Exception {
    long most = 2_000_000;
    StoreConfig all = MadeHistory.config(folder);
    StoreConfig small =
        new StoreConfig(folder, most, all.raw(), all.tenSeconds(), all.minutes(), all.hours());
    long largest = 0;
    long written = 0;
    try (Store store = Store.openOfFleet(small, CLOCK)) {
      Reports reports = store.reports();
      TreeMap<Integer, Window> rows = new TreeMap<>();
      Random random = new Random(7);
      for (int i = 0; i < 400; i++) {
        long start = START + i * 10L;
        for (int id = 0; id < 200; id++) {
          rows.put(id, noisyWindow(random, start));
        }
        assertThat(reports.append(start, rows, isLate)).isTrue();
        store.flush();
        largest = Math.max(largest, store.status().bytes());
        written += rows.size();
      }

      assertThat(store.status().windowsWritten()).isEqualTo(written);
      assertThat(store.history().windows(0, START, START + 100, 10))
          .as("only their sums are left")
          .noneMatch(each -> each.seconds() == Window.BASE_SECONDS);
      assertThat(store.history().windows(0, START + 3_900, START + 4_000, 10)).isNotEmpty();
    }
    assertThat(largest).isGreaterThan(most / 2).isLessThanOrEqualTo(most);
  }

  private static Window noisyWindow(Random random, long start) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    for (int i = 0; i < 10; i++) {
      counts.add(Outcome.REPLY);
      rtt.add(1_000L + random.nextInt(100_000_000));
    }
    return new Window(start, Window.BASE_SECONDS, counts, rtt, 64);
  }
}
