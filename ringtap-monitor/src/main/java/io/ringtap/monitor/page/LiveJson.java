package io.ringtap.monitor.page;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.packet.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;

/// Writes how targets are: whole, a column after the other, and what changes.
final class LiveJson {
  private static final List<TargetState> STATES = List.of(TargetState.values());
  private static final List<EventKind> KINDS = List.of(EventKind.values());

  private LiveJson() {}

  /// All that the overview needs, with what the rows of changes do not say again.
  static void overview(JsonGenerator json, LiveRows live, long nowMillis) {
    List<TargetRow> rows = live.rows();
    Map<String, Integer> groups = new LinkedHashMap<>();
    Map<String, Integer> sites = new LinkedHashMap<>();
    Map<Map<String, String>, Integer> labels = new LinkedHashMap<>();
    for (TargetRow row : rows) {
      groups.putIfAbsent(row.target().key().group(), groups.size());
      labels.putIfAbsent(row.target().labels(), labels.size());
      if (row.target().key().site() != null) {
        sites.putIfAbsent(row.target().key().site(), sites.size());
      }
    }
    json.writeStartObject();
    head(json, live, nowMillis);
    strings(json, "states", STATES.stream().map(TargetState::word).toList());
    strings(json, "kinds", KINDS.stream().map(EventKind::word).toList());
    strings(json, "groups", groups.keySet());
    strings(json, "sites", sites.keySet());
    json.writeArrayPropertyStart("label_sets");
    for (Map<String, String> set : labels.keySet()) {
      json.writeStartObject();
      set.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndArray();
    column(json, "id", rows, row -> row.target().id());
    column(json, "group", rows, row -> groups.get(row.target().key().group()));
    column(json, "site", rows, row -> sites.getOrDefault(row.target().key().site(), -1));
    column(json, "label_set", rows, row -> labels.get(row.target().labels()));
    column(json, "interval_ms", rows, row -> row.target().settings().interval().toMillis());
    strings(json, "key", rows.stream().map(row -> row.target().key().toString()).toList());
    strings(json, "name", rows.stream().map(row -> row.target().name()).toList());
    strings(json, "address", rows.stream().map(LiveJson::address).toList());
    column(json, "state", rows, LiveJson::state);
    column(json, "events", rows, LiveJson::events);
    column(json, "lost", rows, TargetRow::lost);
    column(json, "decided", rows, TargetRow::decided);
    column(json, "median_us", rows, row -> micros(row.medianNanos()));
    column(json, "p95_us", rows, row -> micros(row.p95Nanos()));
    column(json, "last_us", rows, row -> micros(row.lastNanos()));
    json.writeEndObject();
  }

  /// What has changed: for each target its number, state, open events, lost and decided probes,
  /// median, 95th percentile and latest round-trip time, all in one array.
  static void changes(JsonGenerator json, LiveRows live, long nowMillis) {
    json.writeStartObject();
    head(json, live, nowMillis);
    json.writeArrayPropertyStart("rows");
    for (TargetRow row : live.rows()) {
      json.writeNumber(row.target().id());
      json.writeNumber(state(row));
      json.writeNumber(events(row));
      json.writeNumber(row.lost());
      json.writeNumber(row.decided());
      json.writeNumber(micros(row.medianNanos()));
      json.writeNumber(micros(row.p95Nanos()));
      json.writeNumber(micros(row.lastNanos()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void head(JsonGenerator json, LiveRows live, long nowMillis) {
    json.writeNumberProperty("now_ms", nowMillis);
    json.writeNumberProperty("version", live.version());
    json.writeNumberProperty("inventory", live.inventory());
    json.writeNumberProperty("event_version", live.events());
    json.writeNumberProperty("closed_s", live.closedSeconds());
  }

  private static void column(
      JsonGenerator json, String name, List<TargetRow> rows, ToLongFunction<TargetRow> value) {
    json.writeArrayPropertyStart(name);
    for (TargetRow row : rows) {
      json.writeNumber(value.applyAsLong(row));
    }
    json.writeEndArray();
  }

  private static void strings(JsonGenerator json, String name, Iterable<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String address(TargetRow row) {
    IpAddress address = row.address();
    return address == null ? "" : address.toString();
  }

  /// A bit for each kind of event that goes on, by its place among `kinds`.
  private static int events(TargetRow row) {
    int bits = 0;
    for (EventKind kind : row.openEvents()) {
      bits |= 1 << KINDS.indexOf(kind);
    }
    return bits;
  }

  private static int state(TargetRow row) {
    return STATES.indexOf(row.state());
  }

  /// Rounded; -1 stays what it is.
  static long micros(long nanos) {
    long half = TimeUnit.MICROSECONDS.toNanos(1) / 2;
    return nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMicros(nanos + half);
  }
}
