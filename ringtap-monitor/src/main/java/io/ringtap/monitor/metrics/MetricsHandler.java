package io.ringtap.monitor.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ringtap.monitor.collect.Counting;
import io.ringtap.monitor.metrics.Families.Counter;
import io.ringtap.monitor.metrics.Families.Gauge;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import io.ringtap.monitor.web.WebHandler;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `/metrics`: protobuf, OpenMetrics or text, as the client accepts it. Any number of threads may
/// use it; what one scrape takes of memory is bounded by letting few be made at a time.
public final class MetricsHandler implements WebHandler {
  private static final int AT_A_TIME = 2;
  private static final int PATIENCE_SECONDS = 10;

  /// How many targets are copied while the collector waits: a fraction of a millisecond.
  private static final int COPIED_AT_ONCE = 500;

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final Counting counting;
  private final MetricsListener listener;
  private final Figures health;
  private final boolean classicBuckets;

  /// Shows what a listener has counted.
  ///
  /// @param counting whose listener it is
  /// @param health what others have registered; what the process costs is added to it
  /// @param version of the program
  /// @param classicBuckets whether histograms have classic buckets too without being asked for them
  ///   by `?classic`
  public MetricsHandler(
      Counting counting,
      MetricsListener listener,
      Figures health,
      String version,
      boolean classicBuckets) {
    this.counting = counting;
    this.listener = listener;
    this.health = health;
    this.classicBuckets = classicBuckets;
    ProcessMetrics.register(health, version);
  }

  @Override
  public void handle(WebExchange exchange) throws IOException, InterruptedException {
    boolean isClassic = classicBuckets || exchange.query("classic") != null;
    ExpositionFormatWriter writer = formats.findWriter(exchange.header("Accept"));
    exchange.bytes(200, writer.getContentType(), written(writer, isClassic));
  }

  private byte[] written(ExpositionFormatWriter writer, boolean isClassic)
      throws IOException, InterruptedException {
    if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new WebException(503, "too many scrapes at a time");
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(65_536);
      // All names are such that none needs escaping.
      writer.write(bytes, snapshots(isClassic), EscapingScheme.ALLOW_UTF8);
      return bytes.toByteArray();
    } finally {
      turns.release();
    }
  }

  private MetricSnapshots snapshots(boolean isClassic) {
    TargetFamilies families = listener.names().families(isClassic);
    int targets = 0;
    for (int from = 0; ; from += COPIED_AT_ONCE) {
      int first = from;
      List<TargetCounts> copies = counting.call(() -> listener.copies(first, COPIED_AT_ONCE));
      if (copies == null) {
        break;
      }
      copies.forEach(families::add);
      targets += copies.size();
    }
    List<MetricSnapshot> all = new ArrayList<>(families.snapshots());
    addTotals(targets, all);
    all.addAll(health.snapshots());
    return new MetricSnapshots(all);
  }

  private void addTotals(int targets, List<MetricSnapshot> all) {
    Gauge watched = new Gauge("ringtap_targets", "Targets that are watched.");
    watched.add(Labels.EMPTY, targets);
    watched.addTo(all);
    OutcomeCounts total = counting.call(listener::total);
    Counter outcomes =
        new Counter("ringtap_outcomes", "Outcomes of all targets' probes since the start.");
    for (int i = 0; i < Outcome.COUNT; i++) {
      Outcome outcome = Outcome.of(i);
      String word = outcome.toString().toLowerCase(Locale.ROOT);
      outcomes.add(Labels.of("outcome", word), total.get(outcome));
    }
    outcomes.addTo(all);
  }
}
