package io.ringtap.lab.report;

import java.util.List;

/// What the values of several runs come to.
///
/// @param median the middle one, or the mean of the middle two
/// @param smallest of them
/// @param largest of them
/// @param runs how many there are, at least one
record Spread(double median, double smallest, double largest, int runs) {
  /// @throws IllegalArgumentException if there are no values
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    // Halved before they are added: the sum of two large ones may be infinite.
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /// Whether some value could belong to either.
  boolean overlaps(Spread other) {
    return smallest <= other.largest && other.smallest <= largest;
  }
}
