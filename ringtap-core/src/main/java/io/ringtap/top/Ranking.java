package io.ringtap.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up the counts of several threads and ranks their keys.
final class Ranking {
  private static final int BITS = 8; // of a byte

  /// The sums for one key.
  private static final class Sum {
    private long weight;
    private long companion;
    private long missed;
    private double weightPerSecond;
    private double companionPerSecond;
  }

  private final KeyKind kind;
  private final Order order;
  private final int rows;

  /// @param rows the most keys in the result
  Ranking(KeyKind kind, Order order, int rows) {
    this.kind = kind;
    this.order = order;
    this.rows = rows;
  }

  /// Merges `counts`, one of each thread, into the result of their interval.
  Interval of(
      List<IntervalCount> counts, long epochNanos, long droppedByKernel, long droppedByInterface) {
    long duration = 0;
    long packets = 0;
    long bytes = 0;
    long notIp = 0;
    long bound = 0;
    int seen = 0; // keys of any thread that saw more keys than it has room for
    double packetsPerSecond = 0;
    double bytesPerSecond = 0;
    double boundPerSecond = 0;
    Map<TrafficKey, Sum> sums = new HashMap<>();
    for (IntervalCount count : counts) {
      duration = Math.max(duration, count.endNanos - count.beginNanos);
      packets += count.packets;
      bytes += count.bytes;
      notIp += count.notIp;
      bound += count.keys.threshold();
      seen = Math.max(seen, count.keys.threshold() > 0 ? count.keys.capacity() : 0);
      packetsPerSecond += count.packets / count.seconds();
      bytesPerSecond += count.bytes / count.seconds();
      boundPerSecond += count.keys.threshold() / count.seconds();
      addTo(sums, count);
    }
    long all = order == Order.BITS ? bytes : packets;
    return new Interval(
        kind,
        order,
        epochNanos,
        duration,
        packets,
        bytes,
        packetsPerSecond,
        bytesPerSecond * BITS,
        notIp,
        droppedByKernel,
        droppedByInterface,
        bound,
        order == Order.BITS ? boundPerSecond * BITS : boundPerSecond,
        Math.max(seen, sums.size()),
        heaviest(sums, bound, all));
  }

  private void addTo(Map<TrafficKey, Sum> sums, IntervalCount count) {
    HeavyHitters keys = count.keys;
    for (int i = 0; i < keys.size(); i++) {
      Sum sum = sums.computeIfAbsent(new TrafficKey(kind, keys.key(i)), _ -> new Sum());
      sum.weight += keys.weight(i);
      sum.companion += keys.companion(i);
      // A thread without a counter for a key has missed up to its threshold. So the sum is the
      // whole bound, reduced for each thread that has a counter.
      sum.missed += keys.missed(i) - keys.threshold();
      sum.weightPerSecond += keys.weight(i) / count.seconds();
      sum.companionPerSecond += keys.companion(i) / count.seconds();
    }
  }

  private List<Interval.Row> heaviest(Map<TrafficKey, Sum> sums, long bound, long all) {
    List<Map.Entry<TrafficKey, Sum>> ordered = new ArrayList<>(sums.entrySet());
    ordered.sort(
        Comparator.comparingLong((Map.Entry<TrafficKey, Sum> entry) -> entry.getValue().weight)
            .thenComparingLong(entry -> entry.getValue().companion)
            .reversed()
            .thenComparing(Map.Entry::getKey));
    return ordered.stream()
        .limit(rows)
        .map(entry -> row(entry.getKey(), entry.getValue(), bound, all))
        .toList();
  }

  private Interval.Row row(TrafficKey key, Sum sum, long bound, long all) {
    long missed = sum.missed + bound;
    double share = all == 0 ? 0 : (double) sum.weight / all;
    return switch (order) {
      case PACKETS ->
          new Interval.Row(
              key,
              sum.weight,
              sum.companion,
              sum.weightPerSecond,
              sum.companionPerSecond * BITS,
              missed,
              share);
      case BITS ->
          new Interval.Row(
              key,
              sum.companion,
              sum.weight,
              sum.companionPerSecond,
              sum.weightPerSecond * BITS,
              missed,
              share);
    };
  }
}
