package io.ringtap.cli.ping.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// In which order a table shows its targets. Those that a criterion does not tell apart stand as
/// they were given.
enum RowOrder {
  /// Those that do not answer come first.
  DOWN("down first"),
  /// As they were given.
  GIVEN("as given"),
  /// Those that lose most come first.
  LOSS("by loss"),
  /// The slowest come first.
  SLOW("slowest first");

  private final String words;

  RowOrder(String words) {
    this.words = words;
  }

  /// How the table names it.
  String words() {
    return words;
  }

  /// The one that comes after this, and the first after the last.
  RowOrder next() {
    return switch (this) {
      case DOWN -> GIVEN;
      case GIVEN -> LOSS;
      case LOSS -> SLOW;
      case SLOW -> DOWN;
    };
  }

  /// The rows in this order.
  List<PingTable.Row> sorted(Collection<PingTable.Row> rows) {
    List<PingTable.Row> sorted = new ArrayList<>(rows);
    switch (this) {
      case DOWN -> sorted.sort(Comparator.comparing(row -> !row.isDown()));
      case GIVEN -> {}
      case LOSS -> sorted.sort(Comparator.comparingDouble(row -> -known(row.loss())));
      case SLOW -> sorted.sort(Comparator.comparingDouble(row -> -row.rtt().mean()));
    }
    return sorted;
  }

  private static double known(double loss) {
    return Double.isNaN(loss) ? 0 : loss;
  }
}
