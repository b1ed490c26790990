package io.ringtap.top;

import java.util.List;

/// Adds up the counts of several threads and ranks their keys.
final class Ranking {
  private static final int BITS = 8; // of a byte

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
    MergedCounts merged = new MergedCounts();
    for (IntervalCount count : counts) {
      merged.durationNanos = Math.max(merged.durationNanos, count.endNanos - count.beginNanos);
      merged.packets += count.packets;
      merged.bytes += count.bytes;
      merged.notIp += count.notIp;
      merged.bound += count.keys.threshold();
      if (count.keys.threshold() > 0) {
        merged.seen = Math.max(merged.seen, count.keys.capacity());
      }
      merged.packetsPerSecond += count.packets / count.seconds();
      merged.bytesPerSecond += count.bytes / count.seconds();
      merged.boundPerSecond += count.keys.threshold() / count.seconds();
      addTo(merged, count);
    }
    merged.sums().forEach(sum -> sum.missed += merged.bound);
    return of(merged, epochNanos, droppedByKernel, droppedByInterface);
  }

  private void addTo(MergedCounts merged, IntervalCount count) {
    HeavyHitters keys = count.keys;
    for (int i = 0; i < keys.size(); i++) {
      MergedCounts.Sum sum = merged.sum(new TrafficKey(kind, keys.key(i)));
      sum.weight += keys.weight(i);
      sum.companion += keys.companion(i);
      // A thread without a counter for a key has missed up to its threshold. So the sum is the
      // whole bound, reduced for each thread that has a counter.
      sum.missed += keys.missed(i) - keys.threshold();
      sum.weightPerSecond += keys.weight(i) / count.seconds();
      sum.companionPerSecond += keys.companion(i) / count.seconds();
    }
  }

  /// The result of an interval.
  Interval of(MergedCounts merged, long epochNanos, long droppedByKernel, long droppedByInterface) {
    boolean isByBits = order == Order.BITS;
    long counted =
        merged.sums().stream().mapToLong(isByBits ? s -> s.companion : s -> s.weight).sum();
    return new Interval(
        kind,
        order,
        epochNanos,
        merged.durationNanos,
        merged.packets,
        merged.bytes,
        merged.packetsPerSecond,
        merged.bytesPerSecond * BITS,
        merged.notIp,
        droppedByKernel,
        droppedByInterface,
        merged.bound,
        isByBits ? merged.boundPerSecond * BITS : merged.boundPerSecond,
        merged.packets - (kind.needsIp() ? merged.notIp : 0) - counted,
        Math.max(merged.seen, merged.keys()),
        heaviest(merged, isByBits ? merged.bytes : merged.packets));
  }

  private List<Interval.Row> heaviest(MergedCounts merged, long all) {
    return merged.heaviest(rows).stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), all))
        .toList();
  }

  private Interval.Row row(TrafficKey key, MergedCounts.Sum sum, long all) {
    double share = all == 0 ? 0 : (double) sum.weight / all;
    return switch (order) {
      case PACKETS ->
          new Interval.Row(
              key,
              sum.weight,
              sum.companion,
              sum.weightPerSecond,
              sum.companionPerSecond * BITS,
              sum.missed,
              share);
      case BITS ->
          new Interval.Row(
              key,
              sum.companion,
              sum.weight,
              sum.companionPerSecond,
              sum.weightPerSecond * BITS,
              sum.missed,
              share);
    };
  }
}
