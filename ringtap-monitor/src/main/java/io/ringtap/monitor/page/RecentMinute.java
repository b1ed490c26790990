package io.ringtap.monitor.page;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import org.jspecify.annotations.Nullable;

/// A target's windows of the last minute, in few bytes, and what they come to. One thread uses it.
final class RecentMinute {
  private static final int SECONDS = 60;
  private static final int WINDOWS = SECONDS / Window.BASE_SECONDS;

  private final @Nullable Part[] parts = new @Nullable Part[WINDOWS];
  private int lost;
  private int decided;
  private long medianNanos = -1;
  private long p95Nanos = -1;

  /// What is kept of a window: of its histogram, each bucket with its count after it.
  private static final class Part {
    private final long startSeconds;
    private final int lost;
    private final int decided;
    private final long min;
    private final long max;
    private final char[] buckets;

    Part(Window window) {
      OutcomeCounts counts = window.counts();
      LatencyHistogram rtt = window.rtt();
      startSeconds = window.startSeconds();
      decided = (int) counts.decided();
      lost = decided - (int) counts.get(Outcome.REPLY);
      min = rtt.min();
      max = rtt.max();
      buckets = new char[2 * rtt.buckets()];
      for (int i = 0; i < rtt.buckets(); i++) {
        buckets[2 * i] = (char) rtt.bucketAt(i);
        buckets[2 * i + 1] = (char) Math.min(rtt.countAt(i), Character.MAX_VALUE);
      }
    }
  }

  /// Room to add histograms up in, for all targets in turn.
  static final class Room {
    private final int[] counts = new int[LatencyHistogram.bucket(Long.MAX_VALUE) + 1];
  }

  /// Takes in a window; one that came so late that it is in no minute any more changes nothing.
  void add(Window window) {
    int slot = (int) (window.startSeconds() / Window.BASE_SECONDS % WINDOWS);
    Part before = parts[slot];
    if (before == null || before.startSeconds <= window.startSeconds()) {
      parts[slot] = new Part(window);
    }
  }

  /// Sums up the minute that ends with the window that began at this time.
  void sumUp(long startSeconds, Room room) {
    lost = 0;
    decided = 0;
    long min = Long.MAX_VALUE;
    long max = 0;
    int lowest = Integer.MAX_VALUE;
    int highest = -1;
    for (int slot = 0; slot < WINDOWS; slot++) {
      Part part = parts[slot];
      if (part == null) {
        continue;
      }
      if (part.startSeconds <= startSeconds - SECONDS || part.startSeconds > startSeconds) {
        parts[slot] = null;
        continue;
      }
      lost += part.lost;
      decided += part.decided;
      min = Math.min(min, part.min);
      max = Math.max(max, part.max);
      for (int i = 0; i < part.buckets.length; i += 2) {
        room.counts[part.buckets[i]] += part.buckets[i + 1];
      }
      if (part.buckets.length > 0) {
        lowest = Math.min(lowest, part.buckets[0]);
        highest = Math.max(highest, part.buckets[part.buckets.length - 2]);
      }
    }
    LatencyHistogram all = new LatencyHistogram();
    for (int bucket = lowest; bucket <= highest; bucket++) {
      if (room.counts[bucket] > 0) {
        all.restoreBucket(bucket, room.counts[bucket]);
        room.counts[bucket] = 0;
      }
    }
    all.restore(0, min, max);
    medianNanos = all.quantile(0.5);
    p95Nanos = all.quantile(0.95);
  }

  /// Probes that brought no intact reply in time.
  int lost() {
    return lost;
  }

  /// Probes whose outcome says something of the network.
  int decided() {
    return decided;
  }

  /// The median round-trip time; -1 without any.
  long medianNanos() {
    return medianNanos;
  }

  /// The 95th percentile; -1 without any.
  long p95Nanos() {
    return p95Nanos;
  }
}
