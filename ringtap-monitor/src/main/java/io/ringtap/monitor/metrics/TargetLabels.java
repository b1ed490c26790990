package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.Target;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The labels that tell one target's series from another's: `group` and `target`, `family` where
/// both are watched, and those of the configuration. One thread uses it, for one scrape.
final class TargetLabels {
  private static final Set<String> TAKEN =
      Set.of("group", "target", "family", "host", "address", "kind", "le", "quantile");

  private final Set<Labels> given = new HashSet<>();

  TargetLabels() {}

  /// A target's labels. Where a target has been shown by the same before, it is shown with its
  /// `host` too.
  Labels of(Target target) {
    TreeMap<String, String> labels = new TreeMap<>();
    target.labels().forEach((name, value) -> putSafely(labels, name, value));
    labels.put("group", target.key().group());
    labels.put("target", target.name());
    if (target.key().family() != AddressFamily.ANY) {
      labels.put("family", target.key().family().word());
    }
    return unique(toLabels(labels), target);
  }

  /// These, or with more of them if a target had these before.
  Labels unique(Labels labels, Target target) {
    Labels unique = labels;
    for (String name : new String[] {"group", "host", "id"}) {
      if (given.add(unique)) {
        return unique;
      }
      if (!unique.contains(name)) {
        unique =
            unique.add(
                name,
                switch (name) {
                  case "group" -> target.key().group();
                  case "host" -> target.key().host();
                  default -> Integer.toString(target.id());
                });
      }
    }
    given.add(unique);
    return unique;
  }

  private static Labels toLabels(Map<String, String> labels) {
    return Labels.of(
        labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
  }

  /// Gives a label a name as Prometheus allows it, which no rule for labels trips over.
  private static void putSafely(Map<String, String> labels, String name, String value) {
    String plain = name.replaceAll("[^a-zA-Z0-9_]", "_");
    boolean isFree = plain.matches("[a-zA-Z].*|_[^_].*") && !TAKEN.contains(plain);
    String safe = isFree ? plain : "label_" + plain;
    while (labels.putIfAbsent(safe, value) != null) {
      safe += "_";
    }
  }
}
