package io.ringtap.fleet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.monitor.MetricsForm;
import io.ringtap.monitor.MonitorSetup;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More lies in the topics than a reader may hold in memory. `-Dbacklog.windows=600000` makes it a
/// measurement.
class BacklogTest {
  private static final long NOW = System.currentTimeMillis() / 10_000 * 10;
  private static final int WINDOWS = Integer.getInteger("backlog.windows", 12_000);
  private static final int MOST_WAITING = WINDOWS / 12;
  private static final int HOSTS = 100;

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

  private ReaderSetup setup(FleetTopics fleet) throws IOException {
    StoreConfig all = StoreConfig.DEFAULT;
    MonitorConfig config =
        new MonitorConfig(
            List.of(),
            new StoreConfig(
                folder, all.maxBytes(), all.raw(), all.tenSeconds(), all.minutes(), all.hours()),
            DeliveryConfig.NONE,
            new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    return new ReaderSetup(
        new MonitorSetup(config, null, next -> next, new MetricsForm("ringtap", true), "1.0"),
        Connection.of(List.of(broker.bootstrap()), null),
        fleet.topics,
        MOST_WAITING);
  }

  /// All windows end in the future, so none of them is due: they would all wait.
  private static void fill(FleetTopics fleet) {
    for (int host = 0; host < HOSTS; host++) {
      fleet.target("h" + host, Map.of(), List.of());
    }
    fleet.agent("fra1");
    for (int i = 0; i < WINDOWS; i++) {
      long start = NOW + 600 + i / HOSTS * 10L;
      fleet.put(fleet.window(fleet.next("fra1"), "h" + i % HOSTS, start, 9));
    }
    fleet.flush();
  }

  @Test
  void isReadCompletelyAndNeverMoreWaitsThanMay() throws Exception {
    try (FleetTopics fleet = new FleetTopics(broker.bootstrap(), "backlog")) {
      fill(fleet);
      long began = System.nanoTime();
      try (FleetMonitor monitor =
          FleetMonitor.open(
              setup(fleet),
              _ -> {},
              failure -> {
                throw new AssertionError(failure);
              })) {
        Pages pages = new Pages(monitor.uri());
        long[] mostSeen = new long[1];

        boolean _ =
            Eventually.within(
                Duration.ofMinutes(2),
                () -> {
                  Map<String, Long> now = pages.accounts();
                  mostSeen[0] = Math.max(mostSeen[0], now.getOrDefault("waiting", 0L));
                  return now.getOrDefault("read", 0L) == WINDOWS;
                });
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%d windows in %.1f s, at most %d seen waiting%n", WINDOWS, seconds, mostSeen[0]);

        assertThat(mostSeen[0]).isLessThanOrEqualTo(MOST_WAITING);
        Map<String, Long> accounts = pages.accounts();
        assertThat(accounts).containsEntry("read", (long) WINDOWS).containsEntry("invalid", 0L);
        assertThat(accounts.getOrDefault("stored", 0L) + accounts.getOrDefault("waiting", 0L))
            .isEqualTo(WINDOWS);
      }
      try (FleetMonitor monitor = FleetMonitor.open(setup(fleet), _ -> {}, _ -> {})) {
        Pages pages = new Pages(monitor.uri());
        long sum = 0;
        for (int host = 0; host < HOSTS; host++) {
          sum += pages.decided("core/h" + host + "@fra1", NOW, NOW + 600 + WINDOWS / HOSTS * 10L);
        }
        assertThat(sum).as("probes in the history").isEqualTo(WINDOWS * 10L);
      }
    }
  }
}
