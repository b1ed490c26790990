package io.ringtap.top;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The counts of one interval, added up over all threads, or over all CPUs.
final class MergedCounts {
  /// The sums for one key.
  static final class Sum {
    long weight;
    long companion;
    long missed; // the greatest possible error of the weight
    double weightPerSecond;
    double companionPerSecond;
  }

  private static final Comparator<Map.Entry<TrafficKey, Sum>> HEAVIEST_FIRST =
      Comparator.comparingLong((Map.Entry<TrafficKey, Sum> entry) -> entry.getValue().weight)
          .thenComparingLong(entry -> entry.getValue().companion)
          .reversed()
          .thenComparing(Map.Entry::getKey);

  private final Map<TrafficKey, Sum> sums = new HashMap<>();

  long durationNanos;
  long packets;
  long bytes;
  long notIp;
  long bound; // the greatest possible weight of a key without a counter
  int seen; // keys that are known to be exceeded in number
  double packetsPerSecond;
  double bytesPerSecond;
  double boundPerSecond;

  /// The sums for a key, zero at first.
  Sum sum(TrafficKey key) {
    return sums.computeIfAbsent(key, _ -> new Sum());
  }

  Collection<Sum> sums() {
    return sums.values();
  }

  /// The number of keys.
  int keys() {
    return sums.size();
  }

  /// The heaviest keys, heaviest first.
  List<Map.Entry<TrafficKey, Sum>> heaviest(int most) {
    List<Map.Entry<TrafficKey, Sum>> ordered = new ArrayList<>(sums.entrySet());
    ordered.sort(HEAVIEST_FIRST);
    return ordered.subList(0, Math.min(most, ordered.size()));
  }
}
