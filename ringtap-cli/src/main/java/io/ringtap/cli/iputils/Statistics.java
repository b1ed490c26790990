package io.ringtap.cli.iputils;

import java.util.BitSet;

/// What ping counts, and the times of which it makes its last line, in whole microseconds as it has
/// them. One thread uses it.
final class Statistics {
  private static final int SEQUENCES = 0x10000;
  private static final int SMOOTHING = 8;

  private static final int REMEMBERED = 256; // times of the probes sent last

  private final long[] sentNanos = new long[REMEMBERED];
  private final BitSet received = new BitSet(SEQUENCES);
  private long transmitted;
  private long replies;
  private long duplicates;
  private long corrupted;
  private long errors;
  private long answered; // the highest number that an answer came to
  private long pipe;
  private long sum;
  private double squares;
  private long min = Long.MAX_VALUE;
  private long max;
  private long smoothed; // eightfold

  /// Counts a probe that is sent now, and returns its number.
  long transmit(long now) {
    transmitted++;
    sentNanos[(int) (transmitted % REMEMBERED)] = now;
    received.clear((int) (transmitted % SEQUENCES));
    return transmitted;
  }

  /// A probe has brought an answer, whichever.
  ///
  /// @param arrivedNanos when it arrived, perhaps some time ago
  void acknowledge(long sequence, long arrivedNanos) {
    long sentBefore = transmitted;
    while (sentBefore > sequence
        && transmitted - sentBefore < REMEMBERED
        && sentNanos[(int) (sentBefore % REMEMBERED)] > arrivedNanos) {
      sentBefore--;
    }
    pipe = Math.max(pipe, sentBefore - sequence + 1);
    answered = Math.max(answered, sequence);
  }

  void reply(long sequence) {
    replies++;
    received.set((int) (sequence % SEQUENCES));
  }

  void duplicate() {
    duplicates++;
  }

  void damaged() {
    corrupted++;
  }

  void error() {
    errors++;
  }

  /// A round-trip time, in microseconds.
  void time(long micros) {
    sum += micros;
    squares += (double) micros * micros;
    min = Math.min(min, micros);
    max = Math.max(max, micros);
    smoothed += smoothed == 0 ? SMOOTHING * micros : micros - smoothed / SMOOTHING;
  }

  long transmitted() {
    return transmitted;
  }

  long replies() {
    return replies;
  }

  long duplicates() {
    return duplicates;
  }

  long corrupted() {
    return corrupted;
  }

  long errors() {
    return errors;
  }

  /// Probes sent after the last that was answered.
  long inFlight() {
    return transmitted - answered;
  }

  /// The most probes that were on their way at the same time.
  long pipe() {
    return pipe;
  }

  /// Whether the last probe has had its reply.
  boolean isLastReceived() {
    return received.get((int) (transmitted % SEQUENCES));
  }

  /// Probes without a reply, as a part of 1.
  double loss() {
    return transmitted == 0 ? 0 : (transmitted - replies) / (double) transmitted;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }

  long average() {
    return sum / (replies + duplicates);
  }

  /// The standard deviation, rounded down.
  long deviation() {
    long times = replies + duplicates;
    double variance = (squares - (double) sum * sum / times) / times;
    return (long) Math.sqrt(Math.max(0, variance));
  }

  /// The exponentially weighted moving average.
  long smoothed() {
    return smoothed / SMOOTHING;
  }
}
