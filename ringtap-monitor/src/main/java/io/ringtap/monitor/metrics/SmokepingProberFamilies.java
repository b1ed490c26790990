package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ringtap.monitor.metrics.Families.Counter;
import io.ringtap.monitor.metrics.Families.Gauge;
import io.ringtap.monitor.window.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Targets as smokeping_prober 0.6 shows them. It shows who has an address.
final class SmokepingProberFamilies implements TargetFamilies {
  private final TargetLabels targetLabels = new TargetLabels();
  private final Counter requests =
      new Counter("smokeping_requests", "Number of ping requests sent");
  private final Counter duplicates =
      new Counter("smokeping_response_duplicates", "Number of duplicated responses.");
  private final Gauge hopLimit =
      new Gauge("smokeping_response_ttl", "Time to live of the newest response.");
  private final List<HistogramDataPointSnapshot> rtts = new ArrayList<>();

  SmokepingProberFamilies() {}

  @Override
  public void add(TargetCounts counts) {
    if (counts.address() == null) {
      return;
    }
    String host = counts.target().key().host();
    Labels labels =
        targetLabels.unique(
            Labels.of("host", host, "ip", counts.address().toString()), counts.target());
    FixedBuckets rtt = (FixedBuckets) counts.rtt();
    requests.add(labels, counts.sent());
    duplicates.add(labels, counts.get(Outcome.DUPLICATE));
    if (counts.hopLimit() != 0) {
      hopLimit.add(labels, counts.hopLimit());
    }
    rtts.add(
        new HistogramDataPointSnapshot(
            rtt.buckets(), rtt.sumSeconds(), labels, Exemplars.EMPTY, 0));
  }

  @Override
  public List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    requests.addTo(snapshots);
    duplicates.addTo(snapshots);
    hopLimit.addTo(snapshots);
    if (!rtts.isEmpty()) {
      snapshots.add(
          new HistogramSnapshot(
              new MetricMetadata(
                  "smokeping_response_duration_seconds",
                  "A histogram of latencies for ping responses."),
              rtts));
    }
    return snapshots;
  }
}
