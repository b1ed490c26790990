package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/// Counters and gauges that grow by a value at a time.
final class Families {
  private Families() {}

  /// A counter; its name stands without `_total`.
  static final class Counter {
    private final MetricMetadata metadata;
    private final List<CounterDataPointSnapshot> points = new ArrayList<>();

    Counter(String name, String help) {
      metadata = new MetricMetadata(name, help);
    }

    void add(Labels labels, double value) {
      points.add(new CounterDataPointSnapshot(value, labels, null, 0));
    }

    void add(Labels labels, long value) {
      add(labels, (double) value);
    }

    /// Shows a value only if there is something to show, for what hardly ever happens.
    void addIfAny(Labels labels, long value) {
      if (value != 0) {
        add(labels, value);
      }
    }

    void addTo(List<MetricSnapshot> snapshots) {
      if (!points.isEmpty()) {
        snapshots.add(new CounterSnapshot(metadata, points));
      }
    }
  }

  /// A gauge.
  static final class Gauge {
    private final MetricMetadata metadata;
    private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

    Gauge(String name, String help) {
      metadata = new MetricMetadata(name, help);
    }

    void add(Labels labels, double value) {
      points.add(new GaugeDataPointSnapshot(value, labels, null));
    }

    void addTo(List<MetricSnapshot> snapshots) {
      if (!points.isEmpty()) {
        snapshots.add(new GaugeSnapshot(metadata, points));
      }
    }
  }
}
