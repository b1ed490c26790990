package io.ringtap.monitor.store.series;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;

/// What windows of one target add up to, and how that stands in a row.
///
/// ```
/// a bit for each outcome that occurred; the count of each of them; the hop limit, one byte;
/// how many buckets; if any: min, max - min, sum - min * count; and for each bucket, rising:
///   (how many buckets lie between it and the one before) * 8 + min(count - 1, 7),
///   and if that is 7, count - 8
/// ```
public final class WindowSum {
  private static final int SHORT_COUNT = 7; // what does not fit beside the bucket

  private final OutcomeCounts counts = new OutcomeCounts();
  private final LatencyHistogram rtt = new LatencyHistogram();
  private long hopLimitSeconds;
  private int hopLimit;

  /// Of no window.
  public WindowSum() {}

  /// Forgets all.
  public void clear() {
    counts.clear();
    rtt.clear();
    hopLimit = 0;
    hopLimitSeconds = Long.MIN_VALUE;
  }

  /// The counts. They change with what is added.
  public OutcomeCounts counts() {
    return counts;
  }

  /// The round-trip times. They change with what is added.
  public LatencyHistogram rtt() {
    return rtt;
  }

  /// A window with all this.
  public Window toWindow(long startSeconds, int seconds) {
    return new Window(startSeconds, seconds, counts.copy(), rtt.copy(), hopLimit);
  }

  /// Takes in a window.
  public void add(Window window) {
    counts.add(window.counts());
    rtt.add(window.rtt());
    addHopLimit(window.startSeconds(), window.hopLimit());
  }

  private void addHopLimit(long startSeconds, int newHopLimit) {
    if (newHopLimit != 0 && startSeconds >= hopLimitSeconds) {
      hopLimit = newHopLimit;
      hopLimitSeconds = startSeconds;
    }
  }

  /// Takes in a row.
  void add(long startSeconds, RowReader row) {
    long mask = row.nextNumber();
    for (int i = 0; i < Outcome.COUNT; i++) {
      if ((mask >>> i & 1) != 0) {
        counts.add(Outcome.of(i), row.nextNumber());
      }
    }
    addHopLimit(startSeconds, row.nextByte());
    int buckets = (int) row.nextNumber();
    if (buckets == 0) {
      return;
    }
    long min = row.nextNumber();
    long max = min + row.nextNumber();
    long over = row.nextNumber();
    long before = rtt.count();
    long storedSum = rtt.sum();
    int bucket = -1;
    for (int i = 0; i < buckets; i++) {
      long packed = row.nextNumber();
      bucket += (int) (packed >>> 3) + 1;
      long count = (packed & SHORT_COUNT) + 1;
      if (count > SHORT_COUNT) {
        count += row.nextNumber();
      }
      rtt.restoreBucket(bucket, count);
    }
    long sum = over + min * (rtt.count() - before);
    rtt.restore(storedSum + sum, Math.min(rtt.min(), min), Math.max(rtt.max(), max));
  }

  /// Writes all this as a row.
  public void write(BlockWriter block, int id) {
    write(block, id, counts, rtt, hopLimit);
  }

  /// Writes a window as a row.
  public static void write(BlockWriter block, int id, Window window) {
    write(block, id, window.counts(), window.rtt(), window.hopLimit());
  }

  private static void write(
      BlockWriter block, int id, OutcomeCounts counts, LatencyHistogram rtt, int hopLimit) {
    Bytes row = block.beginRow(id);
    long mask = 0;
    for (int i = 0; i < Outcome.COUNT; i++) {
      if (counts.get(Outcome.of(i)) != 0) {
        mask |= 1L << i;
      }
    }
    row.putNumber(mask);
    for (int i = 0; i < Outcome.COUNT; i++) {
      if ((mask >>> i & 1) != 0) {
        row.putNumber(counts.get(Outcome.of(i)));
      }
    }
    row.putByte(hopLimit);
    row.putNumber(rtt.buckets());
    if (rtt.buckets() > 0) {
      row.putNumber(rtt.min());
      row.putNumber(rtt.max() - rtt.min());
      row.putNumber(rtt.sum() - rtt.min() * rtt.count());
    }
    int before = -1;
    for (int i = 0; i < rtt.buckets(); i++) {
      int bucket = rtt.bucketAt(i);
      long more = rtt.countAt(i) - 1;
      row.putNumber((long) (bucket - before - 1) << 3 | Math.min(more, SHORT_COUNT));
      if (more >= SHORT_COUNT) {
        row.putNumber(more - SHORT_COUNT);
      }
      before = bucket;
    }
    block.endRow();
  }
}
