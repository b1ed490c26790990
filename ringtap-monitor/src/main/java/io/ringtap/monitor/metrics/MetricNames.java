package io.ringtap.monitor.metrics;

import java.util.function.Supplier;

/// Under which names targets are shown.
public enum MetricNames {
  /// The monitor's own, with native histograms.
  RINGTAP("ringtap", RttBuckets::new),
  /// Those of smokeping_prober.
  SMOKEPING_PROBER("smokeping_prober", FixedBuckets::new),
  /// Those of ping_exporter.
  PING_EXPORTER("ping_exporter", RecentRtts::new);

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // constructors hold nothing
  private final Supplier<RttCounts> newRtt;

  MetricNames(String word, Supplier<RttCounts> newRtt) {
    this.word = word;
    this.newRtt = newRtt;
  }

  /// As it is written in options.
  public String word() {
    return word;
  }

  RttCounts newRtt() {
    return newRtt.get();
  }

  /// Collects what there is to show of targets.
  ///
  /// @param classicBuckets whether histograms are to have classic buckets too
  TargetFamilies families(boolean classicBuckets) {
    return switch (this) {
      case RINGTAP -> new RingtapFamilies(classicBuckets);
      case SMOKEPING_PROBER -> new SmokepingProberFamilies();
      case PING_EXPORTER -> new PingExporterFamilies();
    };
  }
}
