package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Round-trip times as a pinger reported them beside those of the wire, probe by probe. All times
/// are in nanoseconds; each of the arrays is sorted by itself.
final class RttComparison {
  private final double[] reported;
  private final double[] wire;
  private final double[] excess;

  private RttComparison(double[] reported, double[] wire, double[] excess) {
    this.reported = Metrics.sorted(reported);
    this.wire = Metrics.sorted(wire);
    this.excess = Metrics.sorted(excess);
  }

  /// Compares probes that both know an answer to; empty if there are none.
  ///
  /// @param exchanges with one target, in the order of their departure
  /// @param reported round-trip times by the number of the probe, from 0
  static Optional<RttComparison> of(List<Exchange> exchanges, Map<Integer, Long> reported) {
    double[] reportedNanos = new double[reported.size()];
    double[] wireNanos = new double[reported.size()];
    double[] excessNanos = new double[reported.size()];
    int both = 0;
    for (Map.Entry<Integer, Long> entry : reported.entrySet()) {
      int probe = entry.getKey();
      if (probe < exchanges.size() && exchanges.get(probe).isAnswered()) {
        reportedNanos[both] = entry.getValue();
        wireNanos[both] = exchanges.get(probe).rttNanos();
        excessNanos[both] = reportedNanos[both] - wireNanos[both];
        both++;
      }
    }
    if (both == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RttComparison(
            Arrays.copyOf(reportedNanos, both),
            Arrays.copyOf(wireNanos, both),
            Arrays.copyOf(excessNanos, both)));
  }

  double reportedNanos(double quantile) {
    return Metrics.quantile(reported, quantile);
  }

  double wireNanos(double quantile) {
    return Metrics.quantile(wire, quantile);
  }

  /// By how much the reported times exceed those of the wire.
  double excessNanos(double quantile) {
    return Metrics.quantile(excess, quantile);
  }
}
