package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.config.DeliveryConfig.Maintenance;
import io.ringtap.monitor.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Which targets are maintained when.
final class Maintenances {
  private Maintenances() {}

  /// Whether one of the maintenances is of this target and this moment.
  static boolean cover(List<Maintenance> all, Target target, Instant now) {
    for (Maintenance each : all) {
      if (!now.isBefore(each.from()) && now.isBefore(each.to()) && isOf(each.labels(), target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(Map<String, String> labels, Target target) {
    return labels.entrySet().stream()
        .allMatch(label -> label.getValue().equals(value(label.getKey(), target)));
  }

  private static String value(String label, Target target) {
    return switch (label) {
      case "group" -> target.key().group();
      case "host" -> target.key().host();
      default -> target.labels().getOrDefault(label, "");
    };
  }
}
