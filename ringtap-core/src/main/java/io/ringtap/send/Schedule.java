package io.ringtap.send;

import io.ringtap.packet.Frame;

/// Computes when each frame of a run is due, by a [Pace]. For one thread.
final class Schedule {
  private static final double NANOS_PER_SECOND = 1e9;

  /// 73 years: longer than any run, and small enough to be added to a clock in a `long`.
  private static final double FARTHEST_NANOS = 0x1p61;

  private final Pace pace;
  private long frames;
  private long bits;
  private long due; // of the last frame
  private long roundBegin; // when the first frame of this round was due
  private long firstStamp; // of this round; 0 before there is one
  private long latestStamp; // the greatest so far in this round

  Schedule(Pace pace) {
    this.pace = pace;
  }

  /// Begins another round of the same frames; the first is due when the last one was.
  void nextRound() {
    roundBegin = due;
    firstStamp = 0;
  }

  /// When the next frame is due, in nanoseconds since the first frame of all.
  long next(Frame frame) {
    switch (pace) {
      case Pace.Recorded(double factor) -> recorded(frame.epochNanos(), factor);
      case Pace.Packets(double rate) -> due = (long) ((double) frames * NANOS_PER_SECOND / rate);
      case Pace.Bits(double rate) -> due = (long) ((double) bits * NANOS_PER_SECOND / rate);
      case Pace.Unlimited _ -> {}
    }
    frames++;
    bits += (long) frame.caplen() * Byte.SIZE;
    return due;
  }

  private void recorded(long stamp, double factor) {
    if (stamp == 0) {
      return;
    }
    if (firstStamp == 0) {
      firstStamp = stamp;
      latestStamp = stamp;
    } else if (stamp > latestStamp) {
      latestStamp = stamp;
      long distance = stamp - firstStamp; // negative if it overflowed
      double paced = distance < 0 ? FARTHEST_NANOS : (double) distance / factor;
      // A damaged stamp may be centuries in the future.
      due = (long) Math.min(roundBegin + paced, FARTHEST_NANOS);
    }
  }

  /// When the last frame was due, which is the ideal duration of the run.
  long idealNanos() {
    return due;
  }
}
