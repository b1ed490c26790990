package io.ringtap.monitor.tui;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Says how many targets there are, and how they are.
final class HealthCounts {
  private HealthCounts() {}

  /// In words: `254 targets: 3 down, 1 loss, 250 up`.
  static String of(List<TargetRow> rows) {
    Map<Health, Integer> counts = new EnumMap<>(Health.class);
    rows.forEach(row -> counts.merge(row.health(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(rows.size()).append(rows.size() == 1 ? " target" : " targets");
    String before = ": ";
    for (Map.Entry<Health, Integer> count : counts.entrySet()) {
      text.append(before).append(count.getValue()).append(' ').append(count.getKey().word());
      before = ", ";
    }
    return text.toString();
  }
}
