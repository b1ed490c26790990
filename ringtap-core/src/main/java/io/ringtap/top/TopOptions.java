package io.ringtap.top;

/// What packets are counted by, and how precisely. Immutable.
///
/// ```java
/// TopOptions.by(KeyKind.FLOW).withOrder(Order.BITS).withThreads(2)
/// ```
///
/// @param by the kind of key by which packets are counted
/// @param order whether keys are ranked by packets or by bits
/// @param counters the number of counters per thread; the count of a key is too low by at most the
///   total divided by this
/// @param threads the number of capture threads, each with its own handler
/// @param rows the most keys in an interval's result
public record TopOptions(KeyKind by, Order order, int counters, int threads, int rows) {
  /// Counts are exact for up to twice as many keys per thread, in 2 MB.
  public static final int DEFAULT_COUNTERS = 8192;

  private static final int DEFAULT_ROWS = 20;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message names the value and
  ///   the range
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

  /// Options for one thread, ranked by packets, with the top twenty keys.
  public static TopOptions by(KeyKind kind) {
    return new TopOptions(kind, Order.PACKETS, DEFAULT_COUNTERS, 1, DEFAULT_ROWS);
  }

  /// The same options with another ranking.
  public TopOptions withOrder(Order order) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// The same options with another number of counters per thread, 1 to [HeavyHitters#MAX_COUNTERS].
  public TopOptions withCounters(int counters) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// The same options for another number of capture threads.
  public TopOptions withThreads(int threads) {
    return new TopOptions(by, order, counters, threads, rows);
  }

  /// The same options with another maximum number of rows.
  public TopOptions withRows(int rows) {
    return new TopOptions(by, order, counters, threads, rows);
  }
}
