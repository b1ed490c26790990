package io.ringtap.monitor.event.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.UndeliveredEvent;
import io.ringtap.monitor.event.delivery.EventQueue.Collapse;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All who get events. One thread hands events over; any thread may ask for their status.
final class Destinations {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.event");

  /// Events for one destination that can wait: as many as a hundred thousand targets make at once.
  private static final int CAPACITY = 100_000;

  private static final int BATCH = 500;
  private static final int COMMANDS_AT_ONCE = 4;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration RUN = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 10;

  /// What makes a destination the same one over reloads.
  ///
  /// @param kind as in [DeliveryStatus]
  /// @param words its address, or the command
  /// @param repeat of an Alertmanager, else zero
  private record Key(String kind, List<String> words, Duration repeat) {
    boolean isAlertmanager() {
      return kind.equals("alertmanager");
    }

    /// The same over restarts. An address may have a password in it, so it is not kept as it is.
    String id() {
      String text = kind + "\0" + String.join("\0", words);
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // each JDK has it
      }
    }
  }

  private final InstantSource clock;
  private final Patience patience;
  private final Duration answer;
  private @Nullable HttpClient client;
  private volatile Map<Key, LaneSet> all = Map.of();

  Destinations(InstantSource clock) {
    this(clock, Patience.AN_HOUR, ANSWER);
  }

  /// @param patience of webhooks; that of Alertmanagers has no end
  /// @param answer how long an answer over HTTP is waited for
  Destinations(InstantSource clock, Patience patience, Duration answer) {
    this.clock = clock;
    this.patience = patience;
    this.answer = answer;
  }

  /// Tells these from now on. Those that were there already go on.
  void use(DeliveryConfig config) {
    Map<Key, LaneSet> next = new LinkedHashMap<>();
    Map<Key, LaneSet> before = new LinkedHashMap<>(all);
    for (Key key : keys(config)) {
      LaneSet lanes = before.remove(key);
      next.put(key, lanes == null ? open(key) : lanes);
    }
    all = next;
    before.forEach((key, lanes) -> {
      int left = lanes.close().size();
      if (left > 0) {
        LOG.log(
            Level.WARNING, lanes.status(key.kind).name() + " is not told of " + left + " events");
      }
    });
  }

  /// Goes on with what the process before could not deliver, as long as that is not too old.
  ///
  /// @param nowNanos the clock, in nanoseconds since the epoch
  void goOn(List<UndeliveredEvent> undelivered, long nowNanos) {
    Map<String, LaneSet> byId = new HashMap<>();
    all.forEach((key, lanes) -> byId.put(key.id(), lanes));
    for (UndeliveredEvent each : undelivered) {
      LaneSet lanes = byId.get(each.destination());
      long age = Math.max(0, nowNanos - each.event().epochNanos());
      if (lanes != null) {
        lanes.add(each.event(), System.nanoTime() - age);
      }
    }
  }

  private static List<Key> keys(DeliveryConfig config) {
    List<Key> keys = new ArrayList<>();
    for (URI uri : config.alertmanagers()) {
      keys.add(new Key("alertmanager", List.of(uri.toString()), config.repeat()));
    }
    for (URI uri : config.webhooks()) {
      keys.add(new Key("webhook", List.of(uri.toString()), Duration.ZERO));
    }
    for (List<String> words : config.commands()) {
      keys.add(new Key("command", words, Duration.ZERO));
    }
    return keys.stream().distinct().toList();
  }

  private LaneSet open(Key key) {
    if (key.kind.equals("command")) {
      CommandSender sender = new CommandSender(key.words, RUN);
      return new LaneSet(COMMANDS_AT_ONCE, () -> lane(key.words.getFirst(), sender));
    }
    URI uri = URI.create(key.words.getFirst());
    String shown = HttpPost.shown(uri);
    if (key.isAlertmanager()) {
      HttpPost post = new HttpPost(client(), AlertmanagerSender.alerts(uri), answer);
      AlertmanagerSender sender = new AlertmanagerSender(post, clock, key.repeat);
      EventQueue queue = new EventQueue(CAPACITY, Collapse.ALWAYS);
      Patience endless = patience.withoutEnd();
      return new LaneSet(1, () -> new Lane(shown, queue, BATCH, sender, endless));
    }
    WebhookSender sender = new WebhookSender(new HttpPost(client(), uri, answer));
    EventQueue queue = new EventQueue(CAPACITY, Collapse.WHEN_FULL);
    return new LaneSet(1, () -> new Lane(shown, queue, BATCH, sender, patience));
  }

  private Lane lane(String name, CommandSender sender) {
    EventQueue queue = new EventQueue(CAPACITY / COMMANDS_AT_ONCE, Collapse.WHEN_FULL);
    return new Lane(name, queue, 1, sender, patience);
  }

  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known = HttpPost.newClient();
      client = known;
    }
    return known;
  }

  /// Something has happened.
  void send(Event event) {
    all.values().forEach(lanes -> lanes.add(event, System.nanoTime()));
  }

  /// A state goes on, or has ended and was sent before: for those who want it again.
  void repeat(Event event) {
    all.forEach((key, lanes) -> {
      if (key.isAlertmanager()) {
        lanes.add(event, System.nanoTime());
      }
    });
  }

  List<DeliveryStatus> status() {
    List<DeliveryStatus> status = new ArrayList<>();
    all.forEach((key, lanes) -> status.add(lanes.status(key.kind)));
    return status;
  }

  /// Ends when all is delivered, and at the latest after `longest`.
  ///
  /// @return what is not delivered
  List<UndeliveredEvent> close(Duration longest) {
    long start = System.nanoTime();
    try {
      while (!all.values().stream().allMatch(LaneSet::needsNoTime)
          && System.nanoTime() - start < longest.toNanos()) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    List<UndeliveredEvent> left = new ArrayList<>();
    all.forEach((key, lanes) ->
        lanes.close().forEach(event -> left.add(new UndeliveredEvent(key.id(), event))));
    if (client != null) {
      client.shutdownNow();
    }
    return left;
  }
}
