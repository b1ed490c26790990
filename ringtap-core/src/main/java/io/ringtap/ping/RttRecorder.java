package io.ringtap.ping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes in round-trip times, one writer, without an allocation once its histogram covers the
/// range.
///
/// The first samples are kept as they are. When they grow too many they move into a log-linear
/// histogram: 64 equal buckets for each power of two, rows made when first needed, so that a target
/// whose times span one octave costs a few hundred bytes.
public final class RttRecorder {
  static final int EXACT_SAMPLES = 64;
  private static final int FIRST_SAMPLES = 4;
  private static final int SUB_BITS = 6;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int ROWS = Long.SIZE - SUB_BITS;
  private static final long[] NO_SAMPLES = {};

  private long count;
  private long min = Long.MAX_VALUE;
  private long max;
  private double mean;
  private double squares; // sum of squared distances from the mean (Welford)
  private double jitter;
  private long last;
  private long[] samples = NO_SAMPLES;
  private long @Nullable [][] rows;

  /// A recorder without samples.
  public RttRecorder() {}

  /// Takes in a round-trip time, in nanoseconds.
  public void record(long rttNanos) {
    record(rttNanos, 1);
  }

  /// Takes in a round-trip time that came so many times in a row.
  void record(long rttNanos, long times) {
    if (count > 0) {
      jitter += (Math.abs(rttNanos - last) - jitter) / 16;
    }
    if (times > 1) {
      jitter *= Math.pow(15 / 16.0, (double) (times - 1));
    }
    last = rttNanos;
    min = Math.min(min, rttNanos);
    max = Math.max(max, rttNanos);
    double distance = rttNanos - mean;
    mean += distance * times / (count + times);
    squares += distance * (rttNanos - mean) * times;
    long left = times;
    for (; left > 0 && count < EXACT_SAMPLES; left--) {
      keep(rttNanos);
      count++;
    }
    if (left > 0) {
      add(rows == null ? moveSamples() : rows, rttNanos, left);
      count += left;
    }
  }

  private void keep(long rttNanos) {
    if (count == samples.length) {
      samples = Arrays.copyOf(samples, count == 0 ? FIRST_SAMPLES : (int) count * 4);
    }
    samples[(int) count] = rttNanos;
  }

  private long[][] moveSamples() {
    long[][] histogram = new long[ROWS][];
    for (long sample : samples) {
      add(histogram, sample, 1);
    }
    samples = NO_SAMPLES;
    rows = histogram;
    return histogram;
  }

  private static void add(long[][] histogram, long value, long times) {
    int row = row(value);
    if (histogram[row] == null) {
      histogram[row] = new long[SUB_BUCKETS];
    }
    histogram[row][bucket(value, row)] += times;
  }

  /// Row 0 holds the values below 64, one a bucket; row r holds [64·2^(r-1), 64·2^r).
  private static int row(long value) {
    return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS);
  }

  private static int bucket(long value, int row) {
    return row == 0 ? (int) value : (int) (value >>> (row - 1)) - SUB_BUCKETS;
  }

  private static long middle(int row, int bucket) {
    return row == 0
        ? bucket
        : ((long) (bucket + SUB_BUCKETS) << (row - 1)) + ((1L << (row - 1)) >> 1);
  }

  /// The statistics of what has been recorded so far; later records do not change them.
  public RttStatistics snapshot() {
    if (count == 0) {
      return RttStatistics.NONE;
    }
    RttStatistics.Spread spread =
        new RttStatistics.Spread(mean, Math.sqrt(squares / count), jitter);
    if (rows == null) {
      long[] sorted = Arrays.copyOf(samples, (int) count);
      Arrays.sort(sorted);
      long[] ranks = new long[sorted.length];
      Arrays.setAll(ranks, i -> i + 1);
      return new RttStatistics(min, max, spread, sorted, ranks);
    }
    return histogramSnapshot(rows, spread);
  }

  private RttStatistics histogramSnapshot(long[][] histogram, RttStatistics.Spread spread) {
    int used = 0;
    for (long[] row : histogram) {
      for (int i = 0; row != null && i < SUB_BUCKETS; i++) {
        used += row[i] > 0 ? 1 : 0;
      }
    }
    long[] values = new long[used];
    long[] cumulated = new long[used];
    int next = 0;
    long seen = 0;
    for (int row = 0; row < histogram.length; row++) {
      for (int bucket = 0; histogram[row] != null && bucket < SUB_BUCKETS; bucket++) {
        if (histogram[row][bucket] > 0) {
          seen += histogram[row][bucket];
          values[next] = middle(row, bucket);
          cumulated[next++] = seen;
        }
      }
    }
    return new RttStatistics(min, max, spread, values, cumulated);
  }
}
