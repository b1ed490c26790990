package io.ringtap.monitor.event;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;

/// An event as a JSON object, in the same form wherever one is written.
public final class EventJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private EventJson() {}

  /// Writes one object: target, group, host, family (only where both of a name are watched), name,
  /// labels, kind, state (`begin` or `end`), since and time (RFC 3339 in milliseconds, UTC) and
  /// detail. In a fleet also site, and what the sites say together: sites in words, sites_seeing
  /// and sites_watching.
  public static void write(JsonGenerator json, Event event) {
    Target target = event.target();
    json.writeStartObject();
    json.writeStringProperty("target", target.key().toString());
    json.writeStringProperty("group", target.key().group());
    json.writeStringProperty("host", target.key().host());
    if (target.key().family() != AddressFamily.ANY) {
      json.writeStringProperty("family", target.key().family().word());
    }
    if (target.key().site() != null) {
      json.writeStringProperty("site", target.key().site());
    }
    json.writeStringProperty("name", target.name());
    json.writeObjectPropertyStart("labels");
    target.labels().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("kind", event.kind().word());
    json.writeStringProperty("state", state(event));
    json.writeStringProperty("since", time(event.sinceNanos()));
    json.writeStringProperty("time", time(event.epochNanos()));
    json.writeStringProperty("detail", event.detail());
    SeenBy seenBy = event.seenBy();
    if (seenBy != null) {
      json.writeStringProperty("sites", seenBy.text());
      json.writeArrayPropertyStart("sites_seeing");
      seenBy.sites().forEach(json::writeString);
      json.writeEndArray();
      json.writeNumberProperty("sites_watching", seenBy.watching());
    }
    json.writeEndObject();
  }

  /// `begin` or `end`.
  public static String state(Event event) {
    return event.isBegin() ? "begin" : "end";
  }

  /// A time as it stands in JSON: RFC 3339, UTC, with three decimals.
  ///
  /// @param epochNanos nanoseconds since the epoch
  public static String time(long epochNanos) {
    return TIME.format(
        Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND)));
  }
}
