package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Round-trip times as a pinger told them beside those of the wire, probe by probe. All times are
/// in nanoseconds; each of the arrays is sorted by itself.
final class RttComparison {
  private final double[] told;
  private final double[] wire;
  private final double[] excess;

  private RttComparison(double[] told, double[] wire, double[] excess) {
    this.told = Metrics.sorted(told);
    this.wire = Metrics.sorted(wire);
    this.excess = Metrics.sorted(excess);
  }

  /// Compares probes that both know an answer to; empty if there are none.
  ///
  /// @param exchanges with one target, in the order of their departure
  /// @param told round-trip times by the number of the probe, from 0
  static Optional<RttComparison> of(List<Exchange> exchanges, Map<Integer, Long> told) {
    double[] toldNanos = new double[told.size()];
    double[] wireNanos = new double[told.size()];
    double[] excessNanos = new double[told.size()];
    int both = 0;
    for (Map.Entry<Integer, Long> entry : told.entrySet()) {
      int probe = entry.getKey();
      if (probe < exchanges.size() && exchanges.get(probe).isAnswered()) {
        toldNanos[both] = entry.getValue();
        wireNanos[both] = exchanges.get(probe).rttNanos();
        excessNanos[both] = toldNanos[both] - wireNanos[both];
        both++;
      }
    }
    if (both == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RttComparison(
            Arrays.copyOf(toldNanos, both),
            Arrays.copyOf(wireNanos, both),
            Arrays.copyOf(excessNanos, both)));
  }

  double toldNanos(double quantile) {
    return Metrics.quantile(told, quantile);
  }

  double wireNanos(double quantile) {
    return Metrics.quantile(wire, quantile);
  }

  /// By how much more was told than the wire took.
  double excessNanos(double quantile) {
    return Metrics.quantile(excess, quantile);
  }
}
