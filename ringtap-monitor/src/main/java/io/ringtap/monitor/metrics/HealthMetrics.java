package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ringtap.monitor.metrics.Families.Counter;
import io.ringtap.monitor.metrics.Families.Gauge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// What the parts of the monitor have to say of their own health. Any thread may register a figure;
/// it is asked for at each scrape, by threads of the server.
public final class HealthMetrics {
  private final Map<String, Figures> byName = new LinkedHashMap<>();

  /// Nothing yet.
  public HealthMetrics() {}

  private record Figure(Labels labels, DoubleSupplier value) {}

  private record Figures(boolean isCounter, String help, List<Figure> figures) {}

  /// Shows a count that only grows.
  ///
  /// @param name such as `ringtap_reloads_total`
  /// @param help a sentence
  /// @param value quick to give
  public void counter(String name, String help, DoubleSupplier value) {
    put(true, name, help, new Figure(Labels.EMPTY, value));
  }

  /// Shows one of several counts of a name, each with another label.
  ///
  /// @param name as the others'
  /// @param help as the others'
  /// @param label its name and its value
  /// @param value quick to give
  public void counter(
      String name, String help, Map.Entry<String, String> label, DoubleSupplier value) {
    put(true, name, help, new Figure(labels(label), value));
  }

  /// Shows a figure that goes up and down.
  ///
  /// @param name such as `ringtap_store_size_bytes`
  /// @param help a sentence
  /// @param value quick to give; what is NaN is not shown
  public void gauge(String name, String help, DoubleSupplier value) {
    put(false, name, help, new Figure(Labels.EMPTY, value));
  }

  /// Shows one of several figures of a name, each with another label.
  ///
  /// @param name as the others'
  /// @param help as the others'
  /// @param label its name and its value
  /// @param value quick to give; what is NaN is not shown
  public void gauge(
      String name, String help, Map.Entry<String, String> label, DoubleSupplier value) {
    put(false, name, help, new Figure(labels(label), value));
  }

  private static Labels labels(Map.Entry<String, String> label) {
    return Labels.of(label.getKey(), label.getValue());
  }

  private synchronized void put(boolean isCounter, String name, String help, Figure figure) {
    byName
        .computeIfAbsent(name, _ -> new Figures(isCounter, help, new ArrayList<>()))
        .figures
        .add(figure);
  }

  /// All of them as they are now.
  synchronized List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byName.forEach((name, figures) -> add(name, figures, snapshots));
    return snapshots;
  }

  private static void add(String name, Figures figures, List<MetricSnapshot> snapshots) {
    if (figures.isCounter) {
      Counter counter = new Counter(name.replaceFirst("_total$", ""), figures.help);
      figures.figures.forEach(each -> counter.add(each.labels, each.value.getAsDouble()));
      counter.addTo(snapshots);
      return;
    }
    Gauge gauge = new Gauge(name, figures.help);
    for (Figure each : figures.figures) {
      double value = each.value.getAsDouble();
      if (!Double.isNaN(value)) {
        gauge.add(each.labels, value);
      }
    }
    gauge.addTo(snapshots);
  }
}
