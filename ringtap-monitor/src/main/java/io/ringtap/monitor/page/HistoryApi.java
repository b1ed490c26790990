package io.ringtap.monitor.page;

import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// `/api/series`, windows of targets, and `/api/events`, what has happened.
final class HistoryApi {
  private static final int MOST_POINTS = 2_000;
  private static final int MOST_EVENTS = 1_000;
  private static final long HOUR = TimeUnit.HOURS.toSeconds(1);

  private final TargetLookup targets;
  private final HistoryView history;
  private final InstantSource clock;

  HistoryApi(TargetLookup targets, HistoryView history, InstantSource clock) {
    this.targets = targets;
    this.history = history;
    this.clock = clock;
  }

  void series(WebExchange exchange) throws IOException, InterruptedException {
    long now = TimeUnit.MILLISECONDS.toSeconds(clock.millis());
    long to = QueryNumber.read(exchange, "to", now);
    long from = QueryNumber.read(exchange, "from", Math.max(0, to - HOUR));
    int points = Math.clamp(QueryNumber.read(exchange, "points", 500), 2, MOST_POINTS);
    if (from >= to) {
      throw WebException.badRequest("from must be before to");
    }
    List<TargetRef> asked = targets.find(exchange.queries("target"));
    PageJson.answer(
        exchange,
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("now_ms", clock.millis());
          json.writeNumberProperty("from_s", from);
          json.writeNumberProperty("to_s", to);
          json.writeArrayPropertyStart("series");
          for (TargetRef target : asked) {
            SeriesJson.write(json, target, history.windows(target.id(), from, to, points));
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /// The newest events, newest first, of all targets or of some.
  void events(WebExchange exchange) throws IOException, InterruptedException {
    long from = TimeUnit.SECONDS.toNanos(QueryNumber.read(exchange, "from", 0));
    long to =
        TimeUnit.SECONDS.toNanos(
            QueryNumber.read(exchange, "to", TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE)));
    int limit = Math.clamp(QueryNumber.read(exchange, "limit", 100), 1, MOST_EVENTS);
    List<TargetRef> asked = targets.find(exchange.queries("target"));
    List<StoredEvent> events = new ArrayList<>();
    if (asked.isEmpty()) {
      events.addAll(history.events(new EventFilter(EventFilter.ALL_TARGETS, from, to, limit)));
    }
    for (TargetRef target : asked) {
      events.addAll(history.events(new EventFilter(target.id(), from, to, limit)));
    }
    events.sort(Comparator.comparingLong(StoredEvent::number).reversed());
    Map<Integer, TargetRef> named =
        targets.named(events.stream().map(StoredEvent::targetId).collect(Collectors.toSet()));
    PageJson.answer(
        exchange,
        json -> {
          json.writeStartArray();
          events.stream().limit(limit).forEach(event -> write(json, event, named));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, StoredEvent event, Map<Integer, TargetRef> named) {
    TargetRef target = named.get(event.targetId());
    json.writeStartObject();
    json.writeNumberProperty("number", event.number());
    json.writeNumberProperty("id", event.targetId());
    json.writeStringProperty("key", target == null ? "" : target.key().toString());
    if (target != null && target.key().site() != null) {
      json.writeStringProperty("site", target.key().site());
    }
    json.writeStringProperty("name", target == null ? "" : target.name());
    json.writeStringProperty("kind", event.kind().word());
    json.writeBooleanProperty("begin", event.isBegin());
    json.writeNumberProperty("since_ms", TimeUnit.NANOSECONDS.toMillis(event.sinceNanos()));
    json.writeNumberProperty("at_ms", TimeUnit.NANOSECONDS.toMillis(event.epochNanos()));
    json.writeStringProperty("detail", event.detail());
    if (event.sites() != null) {
      json.writeStringProperty("sites", event.sites());
    }
    json.writeEndObject();
  }
}
