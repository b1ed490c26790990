package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/// Gathers the targets' metrics for one scrape. One thread uses it.
interface TargetFamilies {
  /// Takes in a target.
  ///
  /// @param counts a copy
  void add(TargetCounts counts);

  /// All that was taken in.
  List<MetricSnapshot> snapshots();
}
