package io.ringtap.top;

/// What packets are counted by, and how exactly. Immutable.
///
/// ```java
/// TopOptions.by(KeyKind.FLOW).withOrder(Order.BITS).withThreads(2)
/// ```
///
/// @param by what packets are counted by
/// @param order what the heaviest are heaviest by
/// @param counters of each thread: a key may be missed for as much as all there is divided by this
/// @param threads of the capture, each of which has a handler of its own
/// @param rows the most keys that an interval shows
public record TopOptions(KeyKind by, Order order, int counters, int threads, int rows) {
  /// Exact for some thousand keys, and 2 MB a thread.
  public static final int DEFAULT_COUNTERS = 8192;

  private static final int DEFAULT_ROWS = 20;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the value and what it may be
  public TopOptions {
    require(counters, HeavyHitters.MAX_COUNTERS, "counters");
    require(threads, Integer.MAX_VALUE, "threads");
    require(rows, Integer.MAX_VALUE, "rows");
  }

  private static void require(int value, int most, String what) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " are 1 to " + most + ", not " + value);
    }
  }

  /// By packets, for one thread, with the twenty heaviest shown.
  public static TopOptions by(KeyKind kind) {
    return new TopOptions(kind, Order.PACKETS, DEFAULT_COUNTERS, 1, DEFAULT_ROWS);
  }

  /// These, with that order.
  public TopOptions withOrder(Order order) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// These, with so many counters of each thread, 1 to [HeavyHitters#MAX_COUNTERS].
  public TopOptions withCounters(int counters) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// These, for a capture of so many threads.
  public TopOptions withThreads(int threads) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// These, with so many rows at most.
  public TopOptions withRows(int rows) {
    return new TopOptions(by, order, counters, threads, rows);
  }
}
