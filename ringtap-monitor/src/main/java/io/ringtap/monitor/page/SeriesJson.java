package io.ringtap.monitor.page;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;

/// Writes the history of a target: its windows, a column after the other, and what they add up to.
final class SeriesJson {
  // The shares at which the bands of a smoke plot end, from the smallest value to the largest.
  private static final double[] BANDS = {0, 0.05, 0.10, 0.25, 0.5, 0.75, 0.90, 0.95, 1};
  private static final double P99 = 0.99;

  private SeriesJson() {}

  static void write(JsonGenerator json, TargetRef target, List<Window> windows) {
    json.writeStartObject();
    json.writeNumberProperty("id", target.id());
    json.writeStringProperty("key", target.key().toString());
    if (target.key().site() != null) {
      json.writeStringProperty("site", target.key().site());
    }
    json.writeStringProperty("name", target.name());
    column(json, "start_s", windows, Window::startSeconds);
    column(json, "seconds", windows, Window::seconds);
    column(json, "sent", windows, window -> window.counts().sent());
    column(json, "lost", windows, window -> lost(window.counts()));
    column(json, "decided", windows, window -> window.counts().decided());
    json.writeArrayPropertyStart("bands_ns");
    for (double share : BANDS) {
      json.writeStartArray();
      for (Window window : windows) {
        json.writeNumber(quantile(window.rtt(), share));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    total(json, windows);
    json.writeEndObject();
  }

  private static void total(JsonGenerator json, List<Window> windows) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    for (Window window : windows) {
      counts.add(window.counts());
      rtt.add(window.rtt());
    }
    json.writeObjectPropertyStart("total");
    json.writeNumberProperty("sent", counts.sent());
    json.writeNumberProperty("decided", counts.decided());
    json.writeNumberProperty("lost", lost(counts));
    json.writeObjectPropertyStart("outcomes");
    for (int i = 0; i < Outcome.COUNT; i++) {
      Outcome outcome = Outcome.of(i);
      json.writeNumberProperty(outcome.name().toLowerCase(Locale.ROOT), counts.get(outcome));
    }
    json.writeEndObject();
    json.writeNumberProperty("min_ns", quantile(rtt, 0));
    json.writeNumberProperty("median_ns", rtt.quantile(0.5));
    json.writeNumberProperty("p95_ns", rtt.quantile(0.95));
    json.writeNumberProperty("p99_ns", rtt.quantile(P99));
    json.writeNumberProperty("max_ns", quantile(rtt, 1));
    json.writeEndObject();
  }

  /// All that make up the loss: without an intact reply in time, for whatever reason.
  private static long lost(OutcomeCounts counts) {
    return counts.decided() - counts.get(Outcome.REPLY);
  }

  /// The ends exactly; -1 without any value.
  private static long quantile(LatencyHistogram rtt, double share) {
    if (rtt.count() == 0) {
      return -1;
    }
    return share == 0 ? rtt.min() : share == 1 ? rtt.max() : rtt.quantile(share);
  }

  private static void column(
      JsonGenerator json, String name, List<Window> windows, ToLongFunction<Window> value) {
    json.writeArrayPropertyStart(name);
    for (Window window : windows) {
      json.writeNumber(value.applyAsLong(window));
    }
    json.writeEndArray();
  }
}
