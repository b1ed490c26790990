package io.ringtap.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.UndeliveredEvent;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  private static final long START = MadeHistory.START;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(START + 7200));

  @TempDir Path folder;

  private static Store open(Path folder) throws IOException {
    return Store.open(MadeHistory.config(folder), CLOCK);
  }

  @Test
  void givesBackEachProbeAsItWas() throws IOException {
    MadeHistory made = new MadeHistory(1);

    List<StoredProbe> read = new ArrayList<>();
    try (Store store = open(folder)) {
      made.watch(store, 70);
      for (int i = 0; i < 12; i++) {
        made.window(store, START + i * 10L);
      }
      store.flush();
      for (Target target : made.targets) {
        store.history().probes(target.id(), 0, Long.MAX_VALUE, read::add);
      }
    }

    List<StoredProbe> byTarget = new ArrayList<>(made.probes);
    byTarget.sort(Comparator.comparingInt(StoredProbe::targetId)); // keeps the order of each
    assertThat(read).isEqualTo(byTarget);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void addsUpToTheSameInEachLengthOfWindows(boolean isInMemory) throws IOException {
    MadeHistory made = new MadeHistory(2);
    StoreConfig config = isInMemory ? StoreConfig.DEFAULT : MadeHistory.config(folder);

    try (Store store = Store.open(config, CLOCK)) {
      made.watch(store, 40);
      for (int i = 0; i < 400; i++) { // a minute and more are not over
        made.window(store, START + i * 10L);
      }
      store.flush();

      for (int id : new int[] {0, 31, 32, 39}) {
        OutcomeCounts counts = new OutcomeCounts();
        LatencyHistogram rtt = new LatencyHistogram();
        for (StoredProbe probe : made.probes) {
          if (probe.targetId() == id) {
            counts.add(probe.outcome());
            if (probe.outcome() == Outcome.REPLY) {
              rtt.add(probe.rttNanos());
            }
          }
        }
        for (int points : new int[] {2, 3, 10, 50, 100, 400, 5000}) {
          List<Window> windows = store.history().windows(id, START, START + 4000, points);
          assertThat(windows).hasSizeLessThanOrEqualTo(points);
          assertThat(MadeHistory.list(MadeHistory.counts(windows)))
              .as("target %d, %d points", id, points)
              .isEqualTo(MadeHistory.list(counts));
          LatencyHistogram sum = MadeHistory.rtt(windows);
          assertThat(sum.sum()).isEqualTo(rtt.sum());
          assertThat(sum.min()).isEqualTo(rtt.min());
          assertThat(sum.max()).isEqualTo(rtt.max());
          for (double part : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            assertThat(sum.quantile(part)).isEqualTo(rtt.quantile(part));
          }
        }
      }
    }
  }

  @Test
  void givesQuantilesOfADayWithinTheWidthOfABucket() throws IOException {
    MadeHistory made = new MadeHistory(3);

    try (Store store = Store.open(StoreConfig.DEFAULT, CLOCK)) {
      made.watch(store, 1);
      for (int i = 0; i < 8640; i++) {
        made.window(store, START + i * 10L);
      }
      store.flush();
      LatencyHistogram day = MadeHistory.rtt(store.history().windows(0, START, START + 86_400, 24));

      long[] all =
          made.probes.stream()
              .filter(probe -> probe.outcome() == Outcome.REPLY)
              .mapToLong(StoredProbe::rttNanos)
              .sorted()
              .toArray();
      for (double part : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 0.999}) {
        long exact = all[(int) Math.ceil(part * all.length) - 1];
        assertThat((double) day.quantile(part)).isBetween(exact * 63 / 64.0, exact * 65 / 64.0);
      }
    }
  }

  @Test
  void goesOnWithItsHistoryAndNumbersAfterARestart() throws IOException {
    MadeHistory made = new MadeHistory(4);
    try (Store store = open(folder)) {
      made.watch(store, 5);
      made.window(store, START);
    }

    try (Store store = open(folder)) {
      int known = store.idOf(MadeHistory.target(3).key());
      int unknown = store.idOf(new TargetKey("group", "new", AddressFamily.ANY));
      made.window(store, START); // again in the same ten seconds
      made.window(store, START + 10);
      store.flush();

      List<Window> windows = store.history().windows(3, START, START + 20, 10);
      assertThat(known).isEqualTo(3);
      assertThat(unknown).isEqualTo(5);
      assertThat(windows).extracting(Window::startSeconds).containsExactly(START, START + 10);
      assertThat(windows.getFirst().counts().decided() + windows.getLast().counts().decided())
          .isEqualTo(
              made.probes.stream()
                  .filter(probe -> probe.targetId() == 3 && probe.outcome().isDecided())
                  .count());
    }
  }

  @Test
  void keepsAllWhenTheClockIsSetBack() throws IOException {
    MadeHistory made = new MadeHistory(5);

    try (Store store = open(folder)) {
      made.watch(store, 2);
      for (int i = 0; i < 13; i++) {
        made.window(store, START + 3600 + i * 10L);
      }
      for (int i = 0; i < 720; i++) { // an hour back, and over the same time again
        made.window(store, START + i * 10L);
      }
      store.flush();

      for (int points : new int[] {2, 10, 100, 1000}) {
        List<Window> windows = store.history().windows(1, START, START + 7200, points);
        assertThat(windows)
            .isSortedAccordingTo((a, b) -> Long.compare(a.startSeconds(), b.endSeconds() - 1));
        assertThat(
                MadeHistory.list(MadeHistory.counts(windows)).stream()
                    .mapToLong(Long::longValue)
                    .sum())
            .isEqualTo(733 * 10);
      }
    }
  }

  @Test
  void remembersWhatWasOpenAndHearsOfItOnce() throws IOException {
    Target target = MadeHistory.target(0);
    MadeHistory made = new MadeHistory(6);
    Event down = new Event(target, EventKind.DOWN, true, 10, 20, "3 probes");
    Event up = new Event(target, EventKind.DOWN, false, 10, 30, "a reply");
    Event loss = new Event(target, EventKind.LOSS, true, 40, 50, "50 %");
    Event moved = new Event(target, EventKind.ADDRESS, true, 60, 60, "192.0.2.1 to 192.0.2.2");
    try (Store store = open(folder)) {
      made.watch(store, 1);
      List.of(down, up, loss, moved).forEach(store::onEvent);
    }

    try (Store store = open(folder)) {
      List<Event> open = store.openEvents();
      List<StoredEvent> all = store.history().events(EventFilter.newest(3));

      assertThat(open).containsExactly(loss);
      assertThat(all)
          .extracting(StoredEvent::detail)
          .containsExactly("192.0.2.1 to 192.0.2.2", "50 %", "a reply");
      assertThat(store.history().events(new EventFilter(0, 20, 50, 10)))
          .extracting(StoredEvent::epochNanos)
          .containsExactly(30L, 20L);
      assertThat(store.history().events(new EventFilter(1, 0, 100, 10))).isEmpty();
    }
  }

  @Test
  void keepsWhatDestinationsHaveNotTaken() throws IOException {
    Target target = MadeHistory.target(0);
    Event down = new Event(target, EventKind.DOWN, true, 10, 20, "3 probes");
    Event up = new Event(target, EventKind.DOWN, false, 10, 30, "a reply");
    List<UndeliveredEvent> left =
        List.of(
            new UndeliveredEvent("b", down),
            new UndeliveredEvent("a", up),
            new UndeliveredEvent("b", up));
    try (Store store = open(folder)) {
      new MadeHistory(6).watch(store, 1);
      assertThat(store.undelivered()).isEmpty();
      assertThat(store.keepUndelivered(List.of(new UndeliveredEvent("c", down)))).isTrue();
      assertThat(store.keepUndelivered(left)).isTrue();
    }

    try (Store store = open(folder)) {
      assertThat(store.undelivered())
          .extracting(UndeliveredEvent::destination)
          .containsExactly("b", "a", "b");
      assertThat(store.undelivered())
          .extracting(each -> each.event())
          .containsExactly(down, up, up);
    }
  }

  @Test
  void givesTheMediansOfTheSameHourOfTheDaysBefore() throws IOException {
    MadeHistory made = new MadeHistory(7);

    try (Store store = open(folder)) {
      made.watch(store, 3);
      for (int day = 0; day < 3; day++) {
        for (int i = 0; i < 361; i++) {
          made.window(store, START + day * 86_400L + i * 10L);
        }
      }
      store.flush();
      long[] medians = store.medians(1, START + 3 * 86_400L, 7);

      assertThat(medians).hasSize(3);
      assertThat(Arrays.stream(medians)).allMatch(median -> median > 200_000);
      assertThat(store.medians(1, START + 3 * 86_400L + 7200, 7)).isEmpty();
      assertThat(store.medians(9, START + 3 * 86_400L, 7)).isEmpty();
    }
  }

  @Test
  void knowsTargetsThatAreNotWatchedAnyMore() throws IOException {
    MadeHistory made = new MadeHistory(8);
    try (Store store = open(folder)) {
      made.watch(store, 2);
      made.window(store, START);
      store.onTargetRemoved(made.targets.getFirst());
    }

    try (History history = Store.read(folder)) {
      assertThat(history.targets()).extracting(StoredTarget::id).containsExactly(0, 1);
      assertThat(history.targets().getLast().key()).isEqualTo(MadeHistory.target(1).key());
      assertThat(history.targets().getLast().labels()).containsEntry("site", "a");
      assertThat(history.windows(1, START, START + 10, 10)).hasSize(1);
    }
  }

  @Test
  void letsOnlyOneWriteAndAnyRead() throws IOException {
    try (Store store = open(folder);
        History reading = Store.read(folder)) {
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s is in use by another monitor, process %d"
                  .formatted(folder, ProcessHandle.current().pid()));
      assertThat(reading.targets()).isEmpty();
      assertThat(store.status().trouble()).isNull();
    }
  }

  @Test
  void refusesAFolderWithOtherThings() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "Dear");

    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("letter.txt is in it; give the store a folder of its own");
    assertThatThrownBy(() -> Store.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no store");
  }

  @Test
  void beginsAnewWhenItsFolderIsRemoved() throws IOException {
    Path inner = folder.resolve("store");
    MadeHistory made = new MadeHistory(9);

    try (Store store = open(inner)) {
      made.watch(store, 3);
      made.window(store, START);
      store.flush();
      try (var files = Files.walk(inner)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
      made.window(store, START + 10);
      store.flush();

      assertThat(store.history().windows(2, START, START + 20, 10))
          .extracting(Window::startSeconds)
          .containsExactly(START + 10);
      assertThat(store.status().trouble()).isNull();
    }
    try (Store store = open(inner)) {
      assertThat(store.idOf(MadeHistory.target(2).key())).isEqualTo(2);
    }
  }
}
