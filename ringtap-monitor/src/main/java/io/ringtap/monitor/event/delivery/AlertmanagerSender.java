package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventJson;
import io.ringtap.monitor.event.SeenBy;
import io.ringtap.monitor.target.Target;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Posts alerts to an Alertmanager's API v2.
///
/// A state that goes on gets an end a few repeats ahead, as Prometheus has it: if the monitor goes
/// away, so does the alert. One that has ended gets its true end. What has no end, such as a change
/// of an address, is an alert for five minutes.
final class AlertmanagerSender implements Sender {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int REPEATS_AHEAD = 4;
  private static final Duration LEAST_AHEAD = Duration.ofMinutes(1);
  private static final long MOMENT_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final HttpPost post;
  private final InstantSource clock;
  private final Duration ahead;

  /// @param repeat how often a state that goes on is sent again
  AlertmanagerSender(HttpPost post, InstantSource clock, Duration repeat) {
    this.post = post;
    this.clock = clock;
    Duration several = repeat.multipliedBy(REPEATS_AHEAD);
    ahead = several.compareTo(LEAST_AHEAD) > 0 ? several : LEAST_AHEAD;
  }

  /// Where alerts are posted.
  ///
  /// @param base the address of an Alertmanager, with or without a path
  static URI alerts(URI base) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + "api/v2/alerts");
  }

  @Override
  public Receipt send(List<Event> events) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      events.forEach(event -> write(json, event));
      json.writeEndArray();
    }
    return post.send(bytes.toByteArray());
  }

  private void write(JsonGenerator json, Event event) {
    json.writeStartObject();
    json.writeObjectPropertyStart("labels");
    labels(event).forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeObjectPropertyStart("annotations");
    SeenBy seenBy = event.seenBy();
    String sites = seenBy == null ? "" : ", " + seenBy.text();
    json.writeStringProperty(
        "summary",
        event.target().name() + ": " + event.kind().word() + ", " + event.detail() + sites);
    json.writeStringProperty("description", event.detail());
    if (seenBy != null) {
      json.writeStringProperty("sites", seenBy.text());
    }
    json.writeEndObject();
    json.writeStringProperty("startsAt", EventJson.time(event.sinceNanos()));
    json.writeStringProperty("endsAt", endsAt(event));
    json.writeEndObject();
  }

  private String endsAt(Event event) {
    if (!event.isBegin()) {
      return EventJson.time(Math.max(event.sinceNanos(), event.epochNanos()));
    }
    if (!EventDelivery.hasEnd(event)) {
      return EventJson.time(event.epochNanos() + MOMENT_NANOS);
    }
    Instant end = clock.instant().plus(ahead);
    return EventJson.time(TimeUnit.SECONDS.toNanos(end.getEpochSecond()) + end.getNano());
  }

  /// The target's labels, and over them those that say which alert it is: these are the same when
  /// it begins, goes on and ends.
  private static Map<String, String> labels(Event event) {
    Target target = event.target();
    Map<String, String> labels = new TreeMap<>();
    target.labels().forEach((name, value) -> labels.put(labelName(name), value));
    labels.put("alertname", "Ringtap" + capitalized(event.kind().word()));
    labels.put("group", target.key().group());
    labels.put("host", target.key().host());
    if (target.key().family() != AddressFamily.ANY) {
      labels.put("family", target.key().family().word());
    }
    labels.values().removeIf(String::isEmpty); // an empty label is none
    return labels;
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// A name that an Alertmanager takes: it would refuse a whole batch for another.
  private static String labelName(String name) {
    String plain = name.replaceAll("[^a-zA-Z0-9_]", "_");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }
}
