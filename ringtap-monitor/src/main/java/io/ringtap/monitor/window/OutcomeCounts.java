package io.ringtap.monitor.window;

import java.util.Arrays;

/// Counts by [Outcome], in 64 bits. One thread at a time uses it.
public final class OutcomeCounts {
  private final long[] counts = new long[Outcome.COUNT];

  /// All 0.
  public OutcomeCounts() {}

  /// Counts one more.
  public void add(Outcome outcome) {
    counts[outcome.index()]++;
  }

  /// Counts so many more.
  public void add(Outcome outcome, long more) {
    counts[outcome.index()] += more;
  }

  /// Adds those of another to these.
  public void add(OutcomeCounts others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
  }

  /// How many there are of an outcome.
  public long get(Outcome outcome) {
    return counts[outcome.index()];
  }

  /// Probes that the kernel took and that have ended.
  public long sent() {
    return decided() + get(Outcome.DROPPED) + get(Outcome.WITHDRAWN);
  }

  /// Probes whose outcome says something of the network.
  public long decided() {
    long sum = 0;
    for (int i = 0; i <= Outcome.ELSEWHERE.index(); i++) {
      sum += counts[i];
    }
    return sum;
  }

  /// The part of the [decided][#decided] probes that brought no intact reply in time, 0 to 1; NaN
  /// if there are none.
  public double lossRatio() {
    long decided = decided();
    return decided == 0 ? Double.NaN : (decided - get(Outcome.REPLY)) / (double) decided;
  }

  /// Whether all are 0.
  public boolean isEmpty() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return true;
  }

  /// A copy that later counts do not change.
  public OutcomeCounts copy() {
    OutcomeCounts copy = new OutcomeCounts();
    copy.add(this);
    return copy;
  }

  /// Sets all to 0.
  public void clear() {
    Arrays.fill(counts, 0);
  }
}
