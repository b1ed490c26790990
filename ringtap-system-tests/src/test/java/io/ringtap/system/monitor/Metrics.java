package io.ringtap.system.monitor;

import java.util.LinkedHashMap;
import java.util.Map;

/// A scrape in Prometheus' text form.
///
/// @param samples values by name and labels, as they stand in it
record Metrics(Map<String, Double> samples) {
  static Metrics parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int end = line.lastIndexOf(' ');
      if (!line.startsWith("#") && end > 0) {
        samples.put(line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
      }
    }
    return new Metrics(samples);
  }

  /// The sum of all samples of a name; 0 if there are none.
  long sum(String name) {
    return sumWith(name, "");
  }

  /// The sum of a target's samples of a name.
  long of(String target, String name) {
    return sumWith(name, "target=\"" + target + "\"");
  }

  private long sumWith(String name, String label) {
    double sum = 0;
    for (Map.Entry<String, Double> each : samples.entrySet()) {
      String key = each.getKey();
      boolean isName = key.equals(name) || key.startsWith(name + "{");
      if (isName && key.contains(label)) {
        sum += each.getValue();
      }
    }
    return Math.round(sum);
  }

  /// Probes that were sent and have ended.
  long ended() {
    return sum("ringtap_ping_requests_total");
  }

  long lost() {
    return sum("ringtap_ping_lost_total");
  }

  long replies() {
    return sum("ringtap_ping_replies_total");
  }

  /// What ended probes have come to: must be [#ended].
  long outcomes() {
    return replies()
        + lost()
        + sum("ringtap_ping_errors_total")
        + sum("ringtap_ping_corrupted_total")
        + sum("ringtap_ping_elsewhere_total")
        + sum("ringtap_ping_dropped_total")
        + sum("ringtap_ping_withdrawn_total");
  }
}
