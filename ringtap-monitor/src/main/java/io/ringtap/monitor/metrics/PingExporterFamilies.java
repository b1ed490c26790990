package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ringtap.monitor.metrics.Families.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/// Targets as ping_exporter shows them: figures of the last ten probes. It shows who has an
/// address.
final class PingExporterFamilies implements TargetFamilies {
  private static final double NANOS_PER_SECOND = 1e9;

  private final TargetLabels targetLabels = new TargetLabels();
  private final Gauge up = new Gauge("ping_up", "Whether the exporter is running.");
  private final Gauge best = new Gauge("ping_rtt_best_seconds", "Best round trip time in seconds");
  private final Gauge worst =
      new Gauge("ping_rtt_worst_seconds", "Worst round trip time in seconds");
  private final Gauge mean = new Gauge("ping_rtt_mean_seconds", "Mean round trip time in seconds");
  private final Gauge deviation =
      new Gauge("ping_rtt_std_deviation_seconds", "Standard deviation in seconds");
  private final Gauge loss = new Gauge("ping_loss_ratio", "Packet loss as a value from 0.0 to 1.0");

  PingExporterFamilies() {
    up.add(Labels.EMPTY, 1);
  }

  @Override
  public void add(TargetCounts counts) {
    RecentRtts rtts = (RecentRtts) counts.rtt();
    if (counts.address() == null || rtts.isEmpty()) {
      return;
    }
    String host = counts.target().key().host();
    String version = counts.address().isIpv6() ? "6" : "4";
    Labels labels =
        targetLabels.unique(
            Labels.of("ip", counts.address().toString(), "ip_version", version, "target", host),
            counts.target());
    loss.add(labels, rtts.lossRatio());
    if (rtts.count() > 0) {
      LongSummaryStatistics statistics = rtts.statistics();
      best.add(labels, statistics.getMin() / NANOS_PER_SECOND);
      worst.add(labels, statistics.getMax() / NANOS_PER_SECOND);
      mean.add(labels, statistics.getAverage() / NANOS_PER_SECOND);
      deviation.add(labels, rtts.deviationSeconds());
    }
  }

  @Override
  public List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    up.addTo(snapshots);
    best.addTo(snapshots);
    worst.addTo(snapshots);
    mean.addTo(snapshots);
    deviation.addTo(snapshots);
    loss.addTo(snapshots);
    return snapshots;
  }
}
