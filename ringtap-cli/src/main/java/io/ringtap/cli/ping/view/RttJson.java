package io.ringtap.cli.ping.view;

import io.ringtap.ping.RttStatistics;
import tools.jackson.core.JsonGenerator;

/// Round-trip times as a property of a JSON object, in nanoseconds.
public final class RttJson {
  private RttJson() {}

  /// Writes `rtt_ns`, which is null if nothing has been measured.
  public static void write(JsonGenerator json, RttStatistics rtt) {
    if (rtt.count() == 0) {
      json.writeNullProperty("rtt_ns");
      return;
    }
    json.writeName("rtt_ns").writeStartObject();
    json.writeNumberProperty("min", rtt.min());
    json.writeNumberProperty("mean", Math.round(rtt.mean()));
    json.writeNumberProperty("p50", rtt.median());
    json.writeNumberProperty("p90", rtt.quantile(0.9));
    json.writeNumberProperty("p99", rtt.quantile(0.99));
    json.writeNumberProperty("max", rtt.max());
    json.writeNumberProperty("stddev", Math.round(rtt.stddev()));
    json.writeNumberProperty("jitter", Math.round(rtt.jitter()));
    json.writeEndObject();
  }
}
