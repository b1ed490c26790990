package io.ringtap.monitor.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Against Debian's Alertmanager, which tells a [Receiver] what it has learned.
class AlertmanagerTest {
  @TempDir Path folder;

  private final long since = Instant.now().getEpochSecond() - 100;
  private final Event down = Events.down(1, since);
  private final Event up = Events.up(down, since + 90);

  @BeforeEach
  void requireTools() {
    Requirement.tool("prometheus-alertmanager");
    Requirement.tool("amtool");
  }

  @Test
  void learnsWhenATargetWentDownAndWhenItCameUp() throws Exception {
    try (Receiver receiver = new Receiver();
        Alertmanager manager = new Alertmanager(folder, receiver.uri());
        EventDelivery delivery = start(Duration.ofSeconds(1), manager.uri())) {
      delivery.onEvent(down);
      JsonNode firing = await("firing", receiver);
      assertThat(manager.alerts())
          .contains("RingtapDown", "group=\"office\"", "host=\"10.0.0.1\"", "site_name=\"north\"");

      delivery.onEvent(up);
      JsonNode resolved = await("resolved", receiver);

      assertThat(time(firing, "startsAt")).isEqualTo(since);
      assertThat(time(resolved, "startsAt")).isEqualTo(since);
      assertThat(time(resolved, "endsAt")).isEqualTo(since + 90);
      assertThat(manager.alerts()).doesNotContain("RingtapDown");
    }
  }

  @Test
  void learnsOfWhatHappenedWhileItWasAway() throws Exception {
    Event other = Events.down(2, since);
    try (Receiver receiver = new Receiver();
        Alertmanager manager = new Alertmanager(folder, receiver.uri());
        EventDelivery delivery = start(Duration.ofSeconds(1), manager.uri())) {
      delivery.onEvent(down);
      delivery.onEvent(other);
      await("firing", receiver);
      manager.restart(() -> {
        delivery.onEvent(up);
        Eventually.await("failing", () -> delivery.status().getFirst().failing() != null);
      });

      assertThat(time(await("resolved", receiver), "endsAt")).isEqualTo(since + 90);
      Eventually.await("told again", () -> manager.alerts().contains("10.0.0.2"));
      assertThat(manager.alerts()).doesNotContain("10.0.0.1");
    }
  }

  @Test
  void hearsOfEachOfManyAtOnce() throws Exception {
    try (Receiver receiver = new Receiver();
        Alertmanager manager = new Alertmanager(folder, receiver.uri());
        Alertmanager second = new Alertmanager(folder, receiver.uri());
        EventDelivery delivery = start(Duration.ofMinutes(1), manager.uri(), second.uri())) {
      for (int id = 0; id < 2_000; id++) {
        delivery.onEvent(Events.down(id, since));
      }

      Eventually.await("all known to one", () -> count(manager) == 2_000);
      Eventually.await("all known to the other", () -> count(second) == 2_000);
    }
  }

  private static long count(Alertmanager manager) throws IOException, InterruptedException {
    return manager.alerts().lines().filter(line -> line.contains("RingtapDown")).count();
  }

  private static EventDelivery start(Duration repeat, URI... managers) {
    DeliveryConfig config = Events.alertmanagers(repeat, managers);
    return EventDelivery.start(config, EventMemory.NONE, InstantSource.system());
  }

  /// Waits until the first target's alert is told in this state.
  private static JsonNode await(String status, Receiver receiver) {
    List<JsonNode> found = new ArrayList<>();
    Eventually.await(
        status,
        () -> {
          for (JsonNode body : receiver.bodies()) {
            for (JsonNode alert : body.get("alerts")) {
              if (alert.get("status").asString().equals(status)
                  && alert.get("labels").get("host").asString().equals("10.0.0.1")) {
                found.add(alert);
              }
            }
          }
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private static long time(JsonNode alert, String name) {
    return Instant.parse(alert.get(name).asString()).getEpochSecond();
  }
}
