package io.ringtap.fleet.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.MetricsForm;
import io.ringtap.monitor.MonitorSetup;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FleetMonitorTest {
  private static final long NOW = System.currentTimeMillis() / 10_000 * 10;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static TestBroker broker;

  @TempDir Path folder;

  private final List<Event> told = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() throws IOException {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private FleetMonitor open(FleetTopics fleet, @Nullable Path store)
      throws IOException, InterruptedException {
    StoreConfig all = StoreConfig.DEFAULT;
    MonitorConfig config =
        new MonitorConfig(
            List.of(),
            new StoreConfig(
                store, all.maxBytes(), all.raw(), all.tenSeconds(), all.minutes(), all.hours()),
            DeliveryConfig.NONE,
            new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    MonitorSetup setup =
        new MonitorSetup(config, null, next -> next, new MetricsForm("ringtap", true), "1.0");
    return FleetMonitor.open(
        new ReaderSetup(setup, Connection.of(List.of(broker.bootstrap()), null), fleet.topics),
        told::add,
        failure -> {
          throw new AssertionError(failure);
        });
  }

  private static void awaitAccount(Pages pages, String name, long value) throws Exception {
    boolean _ = Eventually.within(PATIENCE, () -> pages.accounts().getOrDefault(name, 0L) == value);
    assertThat(pages.accounts()).containsEntry(name, value);
  }

  @Test
  void showsWhatAllSitesSeeAndAccountsForAllThatItReads() throws Exception {
    long start = NOW - 3600;
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "shows")) {
      fleet.target("10.0.0.1", Map.of("site", "north", "os", "x"), List.of());
      fleet.target("10.0.0.2", Map.of(), List.of("fra1"));
      for (String site : List.of("fra1", "ams1", "lon1")) {
        fleet.agent(site);
        for (int i = 0; i < 6; i++) {
          fleet.put(fleet.window(fleet.next(site), "10.0.0.1", start + i * 10L, 9));
        }
      }
      WindowRecord twice = fleet.window(fleet.next("fra1"), "10.0.0.2", start, 8);
      fleet.put(twice);
      fleet.put(twice);
      Origin lost = fleet.next("ams1");
      Origin missing = fleet.next("ams1");
      fleet.put(new GapRecord(lost, lost.sequence()));
      fleet.put(fleet.window(fleet.next("ams1"), "10.0.0.1", start + 60, 9));
      String results = fleet.topics.results();
      fleet.put(results, "x".getBytes(UTF_8), "{\"schema\":2,\"kind\":\"window\"}".getBytes(UTF_8));
      fleet.put(results, "x".getBytes(UTF_8), "{\"schema\":1,\"kind\":\"window\"}".getBytes(UTF_8));
      fleet.put(results, "x".getBytes(UTF_8), new byte[] {-1, 0, 7});
      fleet.flush();

      try (FleetMonitor monitor = open(fleet, null)) {
        assertThat(monitor.extent()).isEqualTo("2 targets at 3 sites");
        Pages pages = new Pages(monitor.uri());
        awaitAccount(pages, "stored", 20);
        // 19 windows of three sites, one more, the same again, a gap, three unreadable
        assertThat(pages.accounts())
            .containsEntry("read", 25L)
            .containsEntry("waiting", 0L)
            .containsEntry("repeated", 1L)
            .containsEntry("gap", 1L)
            .containsEntry("newer", 1L)
            .containsEntry("invalid", 2L);
        awaitAccount(pages, "missing", 1);
        assertThat(pages.accounts()).containsEntry("gone", 1L);
        assertThat(pages.metric("ringtap_reader_records_total")).isEqualTo(25);

        JsonNode overview = pages.json("api/overview");
        assertThat(overview.get("sites")).hasSize(3);
        assertThat(overview.get("key").valueStream().map(JsonNode::asString))
            .containsExactlyInAnyOrder(
                "core/10.0.0.1@ams1",
                "core/10.0.0.1@fra1",
                "core/10.0.0.1@lon1",
                "core/10.0.0.2@fra1");
        assertThat(overview.get("label_sets").toString())
            .contains("{\"label_site\":\"north\",\"os\":\"x\",\"site\":\"fra1\"}");
        assertThat(pages.decided("core/10.0.0.1@ams1", start, start + 3600)).isEqualTo(70);
        assertThat(pages.metric("ringtap_ping_replies_total{group=\"core\",label_site=\"north\""))
            .isEqualTo(19 * 9);
        assertThat(pages.text("metrics"))
            .contains(
                "ringtap_ping_replies_total{group=\"core\",site=\"fra1\",target=\"name of"
                    + " 10.0.0.2\"} 8.0");

        // An hour late, out of the order of time, and of a site that was not known
        fleet.put(fleet.window(fleet.next("nyc1"), "10.0.0.1", start + 30, 9));
        fleet.put(fleet.window(missing, "10.0.0.1", start + 10, 9));
        fleet.deleteTarget("10.0.0.2");
        fleet.flush();
        Eventually.await(
            "they are there",
            () ->
                pages.json("api/overview").get("sites").size() == 4
                    && pages.accounts().getOrDefault("late", 0L) == 2);
        assertThat(pages.json("api/overview").get("key").toString()).doesNotContain("10.0.0.2");
      }
      assertThat(told).isEmpty();
    }
  }

  @Test
  void goesOnWhereItWasAndHasEachWindowOnce() throws Exception {
    long start = NOW - 1800;
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "goes-on")) {
      fleet.target("10.0.0.1", Map.of(), List.of());
      fleet.agent("fra1");
      for (int i = 0; i < 50; i++) {
        fleet.put(fleet.window(fleet.next("fra1"), "10.0.0.1", start + i * 10L, 9));
      }
      WindowRecord last = fleet.window(fleet.next("fra1"), "10.0.0.1", start + 500, 9);
      fleet.put(last);
      fleet.event(fleet.next("fra1"), "10.0.0.1", true, start);
      fleet.flush();
      try (FleetMonitor monitor = open(fleet, folder)) {
        Pages pages = new Pages(monitor.uri());
        awaitAccount(pages, "stored", 51);
        awaitAccount(pages, "event", 1);
      }
      fleet.put(last); // delivered once more
      fleet.put(fleet.window(fleet.next("fra1"), "10.0.0.1", start + 510, 9));
      fleet.put(fleet.window(fleet.next("fra1"), "10.0.0.1", start + 5, 9)); // no multiple of ten
      fleet.put(fleet.window(fleet.next("fra1"), "10.0.0.1", start + 500, 9)); // another's part
      fleet.flush();

      try (FleetMonitor monitor = open(fleet, folder)) {
        Pages pages = new Pages(monitor.uri());
        awaitAccount(pages, "read", 4);
        awaitAccount(pages, "stored", 1);
        assertThat(pages.accounts())
            .containsEntry("repeated", 1L)
            .containsEntry("late", 1L) // which waits for others
            .containsEntry("waiting", 1L)
            .containsEntry("invalid", 1L)
            .containsEntry("event", 0L);
      }
      try (FleetMonitor monitor = open(fleet, folder)) {
        Pages pages = new Pages(monitor.uri());
        assertThat(pages.decided("core/10.0.0.1@fra1", start, start + 1800)).isEqualTo(53 * 10);
        assertThat(pages.json("api/events")).hasSize(1);
      }
    }
  }

  @Test
  void readsPartitionsThatATopicGetsLaterFromTheirBeginning() throws Exception {
    long start = NOW - 1800;
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "more-partitions")) {
      fleet.target("10.0.0.1", Map.of(), List.of());
      fleet.agent("fra1");
      fleet.put(fleet.window(fleet.next("fra1"), "10.0.0.1", start, 9));
      fleet.flush();
      try (FleetMonitor monitor = open(fleet, null)) {
        Pages pages = new Pages(monitor.uri());
        awaitAccount(pages, "read", 1);
        for (String topic :
            List.of(
                fleet.topics.targets(),
                fleet.topics.agents(),
                fleet.topics.results(),
                fleet.topics.events())) {
          fleet.addPartition(topic);
        }
        fleet.putIntoAdded(fleet.window(fleet.next("fra1"), "10.0.0.1", start + 10, 9));

        boolean _ =
            Eventually.within(
                Duration.ofSeconds(100), () -> pages.accounts().getOrDefault("read", 0L) == 2);
        assertThat(pages.accounts()).containsEntry("read", 2L).containsEntry("missing", 0L);
      }
    }
  }

  @Test
  void saysWhatTheSitesSeeTogether() throws Exception {
    long start = NOW - 600;
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "together")) {
      fleet.target("10.0.0.1", Map.of(), List.of());
      List.of("fra1", "ams1", "lon1").forEach(fleet::agent);
      fleet.flush();

      try (FleetMonitor monitor = open(fleet, null)) {
        Pages pages = new Pages(monitor.uri());
        fleet.event(fleet.next("fra1"), "10.0.0.1", true, start);
        fleet.event(fleet.next("ams1"), "10.0.0.1", true, start + 1);
        fleet.event(fleet.next("lon1"), "10.0.0.1", true, start + 2);
        fleet.event(fleet.next("lon1"), "10.0.0.1", true, start + 3); // of another agent
        fleet.event(fleet.next("ams1"), "10.0.0.1", false, start + 1);
        fleet.flush();
        Eventually.await("all are there", () -> told.size() == 4);

        assertThat(told)
            .extracting(event -> requireNonNull(event.seenBy()).text())
            .containsExactly(
                "1 of 3 sites (fra1)",
                "2 of 3 sites (ams1, fra1)",
                "all 3 sites",
                "2 of 3 sites (fra1, lon1)");
        JsonNode events = pages.json("api/events");
        assertThat(events.get(1).get("site").asString()).isEqualTo("lon1");
        assertThat(events.get(1).get("sites").asString()).isEqualTo("all 3 sites");

        // Another agent has the target now, and its windows show that it is up.
        Origin other = new Origin("lon1", "a2", 1, 1, 2);
        fleet.put(fleet.window(other, "10.0.0.1", NOW, 5));
        fleet.flush();
        Eventually.await("it is over", () -> told.size() == 5);
        assertThat(told.getLast().detail())
            .isEqualTo("not so any more for a2, which has the target now");
        assertThat(requireNonNull(told.getLast().seenBy()).text()).isEqualTo("1 of 3 sites (fra1)");

        fleet.deleteTarget("10.0.0.1");
        fleet.flush();
        Eventually.await("all is over", () -> told.size() == 6);
        assertThat(requireNonNull(told.getLast().seenBy()).text()).startsWith("none of ");
      }
    }
  }
}
