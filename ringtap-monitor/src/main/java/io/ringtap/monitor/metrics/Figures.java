package io.ringtap.monitor.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ringtap.monitor.metrics.Families.Counter;
import io.ringtap.monitor.metrics.Families.Gauge;
import io.ringtap.monitor.web.WebExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// Figures that are asked for when they are shown, such as what the parts of the monitor have to
/// say of their own health. Any thread may register one; threads of the server ask for it.
public final class Figures {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  private final Map<String, Family> byName = new LinkedHashMap<>();

  /// Nothing yet.
  public Figures() {}

  private record Figure(Labels labels, DoubleSupplier value) {}

  private record Family(boolean isCounter, String help, List<Figure> figures) {}

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
        .computeIfAbsent(name, _ -> new Family(isCounter, help, new ArrayList<>()))
        .figures
        .add(figure);
  }

  /// Answers with these.
  ///
  /// @throws IOException if the client has gone
  public void respond(WebExchange exchange) throws IOException {
    ExpositionFormatWriter writer = FORMATS.findWriter(exchange.header("Accept"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(bytes, new MetricSnapshots(snapshots()), EscapingScheme.ALLOW_UTF8);
    exchange.bytes(200, writer.getContentType(), bytes.toByteArray());
  }

  /// All of them as they are now.
  synchronized List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byName.forEach((name, family) -> add(name, family, snapshots));
    return snapshots;
  }

  private static void add(String name, Family family, List<MetricSnapshot> snapshots) {
    if (family.isCounter) {
      Counter counter = new Counter(name.replaceFirst("_total$", ""), family.help);
      family.figures.forEach(each -> counter.add(each.labels, each.value.getAsDouble()));
      counter.addTo(snapshots);
      return;
    }
    Gauge gauge = new Gauge(name, family.help);
    for (Figure each : family.figures) {
      double value = each.value.getAsDouble();
      if (!Double.isNaN(value)) {
        gauge.add(each.labels, value);
      }
    }
    gauge.addTo(snapshots);
  }
}
