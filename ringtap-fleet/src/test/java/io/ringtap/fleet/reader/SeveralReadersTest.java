package io.ringtap.fleet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Readers in processes of their own, one of which is killed.
@Timeout(180)
class SeveralReadersTest {
  private static final long NOW = System.currentTimeMillis() / 10_000 * 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int HOSTS = 8;

  private static TestBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static void await(String what, Eventually.Condition condition) {
    assertThat(Eventually.within(PATIENCE, condition)).as(what).isTrue();
  }

  private static List<String> all(String state) {
    List<String> all = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      all.add("core/h" + host + "@fra1 " + state);
    }
    return all;
  }

  private static void events(FleetTopics fleet, String site, boolean isBegin) {
    for (int host = 0; host < HOSTS; host++) {
      fleet.event(fleet.next(site), "h" + host, isBegin, NOW);
    }
    fleet.flush();
  }

  private static int partitions(ReaderProcess reader) throws Exception {
    return (int) reader.pages().metric("ringtap_reader_alert_partitions");
  }

  private static Set<String> words(AlertReceiver receiver) {
    return receiver.alerts().stream()
        .map(each -> receiver.alert(each).at("/annotations/sites").asString())
        .collect(Collectors.toSet());
  }

  @Test
  void tellOnceWhicheverLives() throws Exception {
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "several");
        AlertReceiver receiver = new AlertReceiver()) {
      for (int host = 0; host < HOSTS; host++) {
        fleet.target("h" + host, Map.of(), List.of());
      }
      fleet.agent("fra1");
      fleet.agent("ams1");
      fleet.flush();
      try (ReaderProcess one =
              ReaderProcess.start(
                  broker.bootstrap(), "several", folder.resolve("1"), receiver.uri());
          ReaderProcess other =
              ReaderProcess.start(
                  broker.bootstrap(), "several", folder.resolve("2"), receiver.uri())) {
        await("both have some", () -> partitions(one) == 2 && partitions(other) == 2);

        events(fleet, "fra1", true);
        await("all are told", () -> receiver.events().size() >= HOSTS);
        await("to Alertmanager too", () -> receiver.alerts().size() == HOSTS);
        await("and that is agreed on", () -> fleet.committed() == HOSTS);
        one.kill();
        receiver.forgetAlerts();
        events(fleet, "ams1", true); // while nobody has the partitions of the one that is killed

        await("the other has all", () -> partitions(other) == 4);
        await("all are told", () -> receiver.events().size() >= 2 * HOSTS);
        await("all open alerts are told again", () -> receiver.alerts().size() == 2 * HOSTS);
        boolean _ =
            Eventually.within(PATIENCE, () -> words(receiver).equals(Set.of("all 2 sites")));
        assertThat(words(receiver)).as("those of the killed one too").containsOnly("all 2 sites");
        events(fleet, "fra1", false);
        await("the ends are told", () -> receiver.events().size() >= 3 * HOSTS);

        assertThat(receiver.events()).doesNotHaveDuplicates().containsAll(all("end"));
      }
    }
  }

  @Test
  void haveEachWindowOnceAfterACrash() throws Exception {
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "crash");
        AlertReceiver receiver = new AlertReceiver()) {
      fleet.target("h0", Map.of(), List.of());
      fleet.agent("fra1");
      long start = NOW - 3_000;
      for (int i = 0; i < 100; i++) {
        fleet.put(fleet.window(fleet.next("fra1"), "h0", start + i * 10L, 9));
      }
      fleet.flush();
      try (ReaderProcess first =
          ReaderProcess.start(broker.bootstrap(), "crash", folder.resolve("c"), receiver.uri())) {
        await("stored", () -> first.pages().accounts().getOrDefault("stored", 0L) == 100);
        first.end(); // with marks
      }
      WindowRecord again = fleet.window(fleet.next("fra1"), "h0", start + 1_000, 9);
      fleet.put(again);
      for (int i = 101; i < 150; i++) {
        fleet.put(fleet.window(fleet.next("fra1"), "h0", start + i * 10L, 9));
      }
      fleet.event(fleet.next("fra1"), "h0", true, NOW);
      fleet.flush();
      try (ReaderProcess second =
          ReaderProcess.start(broker.bootstrap(), "crash", folder.resolve("c"), receiver.uri())) {
        await("stored", () -> second.pages().accounts().getOrDefault("stored", 0L) == 50);
        await("event", () -> second.pages().accounts().getOrDefault("event", 0L) == 1);
        second.kill(); // without marks
      }
      fleet.put(again);
      fleet.flush();
      try (ReaderProcess third =
          ReaderProcess.start(broker.bootstrap(), "crash", folder.resolve("c"), receiver.uri())) {
        await("read again", () -> third.pages().accounts().getOrDefault("read", 0L) == 52);
        await("stored", () -> third.pages().accounts().getOrDefault("stored", 0L) == 50);
        assertThat(third.pages().accounts()).containsEntry("repeated", 1L);
        assertThat(third.pages().decided("core/h0@fra1", start, NOW)).isEqualTo(150 * 10);
        assertThat(third.pages().json("api/events")).hasSize(1);
      }
    }
  }
}
