package io.ringtap.monitor;

import io.ringtap.monitor.metrics.MetricNames;
import java.util.Arrays;
import java.util.List;

/// How metrics are shown.
///
/// @param names `ringtap`, or whose names they are to have: `smokeping_prober` or `ping_exporter`
/// @param classicBuckets whether histograms have classic buckets without being asked for them
public record MetricsForm(String names, boolean classicBuckets) {
  /// What `names` may be.
  public static List<String> allNames() {
    return Arrays.stream(MetricNames.values()).map(MetricNames::word).toList();
  }
}
