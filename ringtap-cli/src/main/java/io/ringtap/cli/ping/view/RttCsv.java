package io.ringtap.cli.ping.view;

import io.ringtap.ping.RttStatistics;
import java.util.Collections;
import java.util.List;

/// Round-trip times as columns of CSV, in nanoseconds.
public final class RttCsv {
  /// The columns' names.
  public static final List<String> COLUMNS =
      List.of(
          "rtt_min_ns",
          "rtt_mean_ns",
          "rtt_p50_ns",
          "rtt_p90_ns",
          "rtt_p99_ns",
          "rtt_max_ns",
          "rtt_stddev_ns",
          "rtt_jitter_ns");

  private RttCsv() {}

  /// A field for each column; they are empty if nothing has been measured.
  public static List<String> fields(RttStatistics rtt) {
    if (rtt.count() == 0) {
      return Collections.nCopies(COLUMNS.size(), "");
    }
    return List.of(
        Long.toString(rtt.min()),
        Long.toString(Math.round(rtt.mean())),
        Long.toString(rtt.median()),
        Long.toString(rtt.quantile(0.9)),
        Long.toString(rtt.quantile(0.99)),
        Long.toString(rtt.max()),
        Long.toString(Math.round(rtt.stddev())),
        Long.toString(Math.round(rtt.jitter())));
  }
}
