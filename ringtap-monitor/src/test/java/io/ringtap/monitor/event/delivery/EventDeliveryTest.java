package io.ringtap.monitor.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.DeliveryConfig.Maintenance;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.event.UndeliveredEvent;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EventDeliveryTest {
  private static final Patience QUICK =
      new Patience(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofHours(1));
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long SINCE = 1_796_000_400;

  private volatile Instant now = Instant.ofEpochSecond(SINCE);

  private EventDelivery start(DeliveryConfig config, Event... openBefore) {
    return start(config, QUICK, ANSWER, openBefore);
  }

  private EventDelivery start(
      DeliveryConfig config, Patience patience, Duration answer, Event... openBefore) {
    return start(config, patience, answer, new Memory(List.of(openBefore)));
  }

  private EventDelivery start(
      DeliveryConfig config, Patience patience, Duration answer, EventMemory memory) {
    Destinations destinations = new Destinations(() -> now, patience, answer);
    return EventDelivery.start(config, memory, () -> now, destinations);
  }

  /// Keeps what is to be kept over a restart.
  private static final class Memory implements EventMemory {
    private final List<Event> open;
    private List<UndeliveredEvent> undelivered = List.of();

    Memory(List<Event> open) {
      this.open = open;
    }

    @Override
    public List<Event> openEvents() {
      return open;
    }

    @Override
    public List<UndeliveredEvent> undelivered() {
      return undelivered;
    }

    @Override
    public boolean keepUndelivered(List<UndeliveredEvent> events) {
      undelivered = events;
      return true;
    }

    @Override
    public long[] medians(int targetId, long hourStartSeconds, int days) {
      return new long[0];
    }
  }

  private static DeliveryStatus status(EventDelivery delivery) {
    return delivery.status().getFirst();
  }

  private static void awaitDelivered(EventDelivery delivery, long events) {
    Eventually.await(events + " events delivered", () -> status(delivery).delivered() == events);
  }

  @Test
  void postsEachEventToAWebhookOnceAndInOrder() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      Event down = Events.down(1, SINCE);
      delivery.onEvent(down);
      delivery.onEvent(Events.up(down, SINCE + 5));
      awaitDelivered(delivery, 2);

      assertThat(receiver.events()).containsExactly("router 1 down begin", "router 1 down end");
      JsonNode first = receiver.bodies().getFirst().get("events").get(0);
      assertThat(first.toString())
          .isEqualTo(
              """
              {"target":"office/10.0.0.1","group":"office","host":"10.0.0.1","name":"router 1",\
              "labels":{"site.name":"north"},"kind":"down","state":"begin",\
              "since":"2026-11-30T01:00:00.000Z","time":"2026-11-30T01:00:01.000Z",\
              "detail":"no reply"}\
              """);
    }
  }

  @Test
  void triesAgainWhileAWebhookAnswersWithAnError() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      receiver.answer(Receiver.status(500));
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("three attempts", () -> receiver.bodies().size() >= 3);
      assertThat(status(delivery).failing()).isEqualTo("answered 500");
      delivery.onEvent(Events.down(2, SINCE));

      receiver.answer(Receiver.status(204));
      awaitDelivered(delivery, 2);

      assertThat(receiver.events()).endsWith("router 1 down begin", "router 2 down begin");
      assertAddsUp(status(delivery));
    }
  }

  @Test
  void goesOnAfterARestartWithWhatAWebhookHadNotTaken() throws IOException {
    Memory memory = new Memory(List.of());
    try (Receiver receiver = new Receiver()) {
      DeliveryConfig config = Events.webhook(receiver.uri());
      receiver.answer(Receiver.status(500));
      try (EventDelivery delivery = start(config, QUICK, ANSWER, memory)) {
        Event down = Events.down(1, SINCE);
        delivery.onEvent(down);
        delivery.onEvent(Events.down(2, SINCE));
        delivery.onEvent(Events.up(down, SINCE + 5));
        Eventually.await("an attempt", () -> !receiver.bodies().isEmpty());
      }
      assertThat(memory.undelivered()).hasSize(3);
      assertThat(memory.undelivered().toString()).doesNotContain(receiver.uri().getHost());

      receiver.answer(Receiver.status(204));
      try (EventDelivery delivery = start(config, QUICK, ANSWER, memory)) {
        awaitDelivered(delivery, 3);
        assertAddsUp(status(delivery));
      }

      assertThat(receiver.events())
          .endsWith("router 1 down begin", "router 2 down begin", "router 1 down end");
      assertThat(memory.undelivered()).isEmpty();
    }
  }

  @Test
  void givesUpAfterARestartWhatHasGrownTooOld() throws IOException {
    Memory memory = new Memory(List.of());
    try (Receiver receiver = new Receiver()) {
      DeliveryConfig config = Events.webhook(receiver.uri());
      receiver.answer(Receiver.status(500));
      try (EventDelivery delivery = start(config, QUICK, ANSWER, memory)) {
        delivery.onEvent(Events.down(1, SINCE));
        Eventually.await("an attempt", () -> !receiver.bodies().isEmpty());
      }
      receiver.answer(Receiver.status(204));
      now = now.plus(QUICK.giveUp()).plusSeconds(10);
      try (EventDelivery delivery = start(config, QUICK, ANSWER, memory)) {
        Eventually.await("given up", () -> status(delivery).dropped() == 1);
        assertThat(status(delivery).delivered()).isZero();
        assertAddsUp(status(delivery));
      }
    }
  }

  @Test
  void doesNotWaitForAWebhookThatHangs() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    try (Receiver receiver = new Receiver();
        EventDelivery delivery =
            start(Events.webhook(receiver.uri()), QUICK, Duration.ofMillis(50))) {
      receiver.answer(_ -> ended.await());
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("another attempt", () -> receiver.bodies().size() >= 2);

      assertThat(status(delivery).failing()).isEqualTo("no answer in 50 ms");
      receiver.answer(Receiver.status(200));
      awaitDelivered(delivery, 1);
      ended.countDown();
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      receiver.answer(exchange -> {
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        Receiver.status(307).to(exchange);
      });
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("refused", () -> status(delivery).refused() == 1);

      assertThat(receiver.bodies()).hasSize(1);
      assertThat(status(delivery).failing())
          .isEqualTo("answered 307, a redirect to /elsewhere (not followed)");
      assertAddsUp(status(delivery));
    }
  }

  @Test
  void givesUpWhatCouldNotBeToldForLong() {
    Patience none = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(50));
    // Nobody listens on port 1.
    try (EventDelivery delivery =
        start(Events.webhook(URI.create("http://127.0.0.1:1/")), none, ANSWER)) {
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("given up", () -> status(delivery).dropped() == 1);

      assertAddsUp(status(delivery));
    }
  }

  @Test
  void postsAFloodInFewRequests() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      for (int id = 0; id < 10_000; id++) {
        delivery.onEvent(Events.down(id, SINCE));
      }
      awaitDelivered(delivery, 10_000);

      assertThat(receiver.events()).hasSize(10_000).doesNotHaveDuplicates();
      assertThat(receiver.bodies().size()).isLessThan(1000);
    }
  }

  @Test
  void keepsTheQueuesOfDestinationsThatStayOverAReload() throws IOException {
    try (Receiver receiver = new Receiver();
        Receiver other = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      receiver.answer(Receiver.status(503));
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("an attempt", () -> !receiver.bodies().isEmpty());

      delivery.reload(
          new DeliveryConfig(
              List.of(),
              List.of(other.uri(), receiver.uri()),
              List.of(),
              Duration.ofMinutes(1),
              List.of()));
      delivery.onEvent(Events.down(2, SINCE));
      Eventually.await("told", () -> other.events().size() == 1);
      receiver.answer(Receiver.status(200));
      Eventually.await("both", () -> receiver.events().contains("router 2 down begin"));

      assertThat(other.events()).containsExactly("router 2 down begin");
      assertThat(receiver.events()).endsWith("router 1 down begin", "router 2 down begin");
    }
  }

  @Test
  void tellsNothingOfWhatBeginsAndEndsInAMaintenance() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(maintained(receiver.uri()))) {
      Event down = Events.down(1, SINCE);
      delivery.onEvent(down);
      delivery.onEvent(Events.up(down, SINCE + 5));
      delivery.onEvent(
          new Event(Events.target(1), EventKind.ADDRESS, true, SINCE, SINCE, "another"));
      delivery.onEvent(Events.down(2, SINCE)); // not maintained
      awaitDelivered(delivery, 1);

      assertThat(receiver.events()).containsExactly("router 2 down begin");
    }
  }

  @Test
  void tellsAfterAMaintenanceWhatStillGoesOn() throws IOException {
    Event told = new Event(Events.target(1), EventKind.NAME, true, 0, 0, "before it");
    Event withheld = Events.down(1, SINCE); // and then the monitor was started again
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(maintained(receiver.uri()), told, withheld)) {
      delivery.onEvent(new Event(Events.target(1), EventKind.LOSS, true, SINCE, SINCE, "lost"));
      delivery.onEvent(Events.down(2, SINCE));
      awaitDelivered(delivery, 1);
      now = now.plusSeconds(3600);
      awaitDelivered(delivery, 3);

      assertThat(receiver.events())
          .containsExactly("router 2 down begin", "router 1 down begin", "router 1 loss begin");
    }
  }

  @Test
  void tellsInAMaintenanceTheEndOfWhatWasToldBefore() throws IOException {
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()))) {
      Event down = Events.down(1, SINCE);
      delivery.onEvent(down);
      delivery.reload(maintained(receiver.uri()));
      delivery.onEvent(Events.up(down, SINCE + 5));
      awaitDelivered(delivery, 2);

      assertThat(receiver.events()).containsExactly("router 1 down begin", "router 1 down end");
    }
  }

  private DeliveryConfig maintained(URI uri) {
    Maintenance maintenance =
        new Maintenance(
            now, now.plusSeconds(3600), Map.of("host", "10.0.0.1", "site.name", "north"));
    return Events.with(Events.webhook(uri), maintenance);
  }

  @Test
  void doesNotTellAgainWhatWasOpenBeforeARestart() throws IOException {
    Event down = Events.down(1, SINCE);
    try (Receiver receiver = new Receiver();
        EventDelivery delivery = start(Events.webhook(receiver.uri()), down)) {
      delivery.onEvent(Events.up(down, SINCE + 60));
      awaitDelivered(delivery, 1);

      assertThat(receiver.events()).containsExactly("router 1 down end");
    }
  }

  @Test
  void runsACommandOnceAnEvent(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("log");
    try (EventDelivery delivery =
        start(
            Events.command(
                "sh",
                "-c",
                "read -r json; printf '%s %s %s\\n' \"$RINGTAP_NAME\" \"$RINGTAP_STATE\" \"$json\""
                    + " >> "
                    + log))) {
      Event down = Events.down(1, SINCE);
      delivery.onEvent(down);
      delivery.onEvent(Events.up(down, SINCE + 5));
      awaitDelivered(delivery, 2);

      List<String> lines = Files.readAllLines(log);
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst()).startsWith("router 1 begin {\"target\":\"office/10.0.0.1\",");
      assertThat(lines.getLast()).startsWith("router 1 end {");
    }
  }

  @Test
  void countsACommandThatFails() {
    try (EventDelivery delivery = start(Events.command("false"))) {
      delivery.onEvent(Events.down(1, SINCE));
      Eventually.await("refused", () -> status(delivery).refused() == 1);

      assertThat(status(delivery).failing()).isEqualTo("ended with status 1");
    }
  }

  @Test
  void killsACommandThatRunsTooLong() throws InterruptedException {
    CommandSender sender = new CommandSender(List.of("sleep", "1000"), Duration.ofMillis(50));

    assertThat(sender.send(List.of(Events.down(1, SINCE))))
        .isEqualTo(new Receipt.Refused("ran longer than 50 ms and was killed"));
  }

  @Test
  void doesNotWaitForTheOutputOfWhatACommandLeavesBehind() throws InterruptedException {
    CommandSender sender =
        new CommandSender(List.of("sh", "-c", "sleep 1 & echo done"), Duration.ofSeconds(30));

    assertThat(sender.send(List.of(Events.down(1, SINCE)))).isEqualTo(new Receipt.Delivered());
  }

  private static void assertAddsUp(DeliveryStatus status) {
    assertThat(
            status.delivered()
                + status.refused()
                + status.dropped()
                + status.replaced()
                + status.pending())
        .isEqualTo(status.queued());
  }
}
