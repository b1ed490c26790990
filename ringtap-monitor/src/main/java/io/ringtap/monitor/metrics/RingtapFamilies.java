package io.ringtap.monitor.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.ringtap.monitor.metrics.Families.Counter;
import io.ringtap.monitor.metrics.Families.Gauge;
import io.ringtap.monitor.window.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The monitor's own metrics of targets. What hardly ever happens has no series at a target to
/// which it has not happened, so that ten thousand targets stay a small scrape.
final class RingtapFamilies implements TargetFamilies {
  private final boolean classicBuckets;
  private final List<Row> rows = new ArrayList<>();
  private final TargetLabels targetLabels = new TargetLabels();
  private final Gauge up =
      new Gauge(
          "ringtap_target_up",
          "Whether the newest probe whose outcome is known brought a reply (1) or not (0).");
  private final Gauge resolved =
      new Gauge("ringtap_target_resolved", "0 of each target whose name cannot be resolved.");
  private final Gauge info =
      new Gauge("ringtap_target_info", "A 1 with what is pinged, and its address.");
  private final Counter requests =
      new Counter("ringtap_ping_requests", "Probes that were sent and have ended.");
  private final Counter replies =
      new Counter("ringtap_ping_replies", "Probes that brought an intact reply in time.");
  private final Counter lost =
      new Counter("ringtap_ping_lost", "Probes that brought nothing in time.");
  private final Map<Outcome, Counter> rare = new EnumMap<>(Outcome.class);
  private final Counter errors =
      new Counter(
          "ringtap_ping_errors",
          "Probes that a router, the target or this machine's routes refused, by kind.");
  private final Counter unsent =
      new Counter("ringtap_ping_unsent", "Probes that the kernel did not take, by error.");
  private final List<HistogramDataPointSnapshot> rtts = new ArrayList<>();

  private record Row(Labels labels, TargetCounts counts) {}

  RingtapFamilies(boolean classicBuckets) {
    this.classicBuckets = classicBuckets;
    rare.put(
        Outcome.CORRUPTED,
        new Counter(
            "ringtap_ping_corrupted", "Probes whose reply did not bring back what was sent."));
    rare.put(
        Outcome.ELSEWHERE,
        new Counter(
            "ringtap_ping_elsewhere", "Probes that another address than the target replied to."));
    rare.put(
        Outcome.DROPPED,
        new Counter("ringtap_ping_dropped", "Probes whose answer this machine may have dropped."));
    rare.put(
        Outcome.WITHDRAWN,
        new Counter("ringtap_ping_withdrawn", "Probes in flight when their target was changed."));
    rare.put(
        Outcome.LATE, new Counter("ringtap_ping_late", "Replies after their probe had ended."));
    rare.put(
        Outcome.LATE_ERROR,
        new Counter("ringtap_ping_late_errors", "ICMP errors after their probe had ended."));
    rare.put(
        Outcome.DUPLICATE,
        new Counter("ringtap_ping_duplicates", "Further replies to a probe that had one."));
  }

  @Override
  public void add(TargetCounts counts) {
    rows.add(new Row(targetLabels.of(counts.target()), counts));
  }

  private void show(Row row) {
    Labels labels = row.labels;
    TargetCounts counts = row.counts;
    up.add(labels, counts.isUp() ? 1 : 0);
    if (!counts.hasName()) {
      resolved.add(labels, 0);
    }
    info.add(infoLabels(labels, counts), 1);
    requests.add(labels, counts.sent());
    replies.add(labels, counts.get(Outcome.REPLY));
    lost.add(labels, counts.get(Outcome.LOST));
    rare.forEach((outcome, counter) -> counter.addIfAny(labels, counts.get(outcome)));
    addKinds(errors, labels, counts.errors());
    addKinds(unsent, labels, counts.refusals());
    rtts.add(histogram(labels, (RttBuckets) counts.rtt()));
  }

  private static Labels infoLabels(Labels labels, TargetCounts counts) {
    Labels withHost =
        labels.contains("host") ? labels : labels.add("host", counts.target().key().host());
    return counts.address() == null
        ? withHost
        : withHost.add("address", counts.address().toString());
  }

  private static void addKinds(Counter counter, Labels labels, @Nullable ErrorCounts kinds) {
    for (int i = 0; kinds != null && i < kinds.size(); i++) {
      counter.add(labels.add("kind", kinds.wordAt(i)), kinds.countAt(i));
    }
  }

  private HistogramDataPointSnapshot histogram(Labels labels, RttBuckets rtt) {
    return new HistogramDataPointSnapshot(
        classicBuckets ? rtt.classicBuckets() : ClassicHistogramBuckets.EMPTY,
        rtt.schema(),
        rtt.zeros(),
        RttBuckets.ZERO_THRESHOLD,
        rtt.nativeBuckets(),
        NativeHistogramBuckets.EMPTY,
        rtt.sumSeconds(),
        labels,
        Exemplars.EMPTY,
        0);
  }

  @Override
  public List<MetricSnapshot> snapshots() {
    // Each family is sorted by labels when it is made, for which there is little to do after this.
    rows.sort(Comparator.comparing(Row::labels));
    rows.forEach(this::show);
    List<MetricSnapshot> snapshots = new ArrayList<>();
    up.addTo(snapshots);
    resolved.addTo(snapshots);
    info.addTo(snapshots);
    requests.addTo(snapshots);
    replies.addTo(snapshots);
    lost.addTo(snapshots);
    errors.addTo(snapshots);
    unsent.addTo(snapshots);
    rare.values().forEach(counter -> counter.addTo(snapshots));
    if (!rtts.isEmpty()) {
      snapshots.add(
          new HistogramSnapshot(
              new MetricMetadata(
                  "ringtap_ping_rtt_seconds", "Round-trip times of replies in time."),
              rtts));
    }
    return snapshots;
  }
}
