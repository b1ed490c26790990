package io.ringtap.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.linux.KernelRandom;
import io.ringtap.packet.PacketHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Finds the top talkers in memory that does not grow with the number of senders. Each capture
/// thread counts without a lock; at the end of each interval the counts are merged and ranked.
///
/// ```java
/// TopTalkers top = new TopTalkers(TopOptions.by(KeyKind.SOURCE));
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0"))) {
///   capture.start(top.handler(0));
///   Thread.sleep(1000);
///   top.nextInterval(capture.counters()).rows().forEach(row -> print(row.key(), row.packets()));
/// }
/// ```
///
/// The handlers run on the capture's threads; one other thread may call the other methods.
public final class TopTalkers {
  private final TopOptions options;
  private final Meters meters;
  private final Ranking ranking;
  private long droppedByKernel; // the counter at the end of the last interval
  private long droppedByInterface;

  /// Creates the counters. The first interval begins now, or with [#begin].
  public TopTalkers(TopOptions options) {
    this.options = options;
    KeyHash hash = new KeyHash(options.by().words(), new KernelRandom());
    meters = new Meters(options.by(), options.order(), options.counters(), hash, options.threads());
    ranking = new Ranking(options.by(), options.order(), options.rows());
    meters.begin();
  }

  /// The options.
  public TopOptions options() {
    return options;
  }

  /// The handler for the capture thread with this number, from 0. It allocates nothing per packet.
  public PacketHandler handler(int thread) {
    return meters.of(thread);
  }

  /// Begins the first interval now. Must be called before the capture's threads start.
  public void begin() {
    meters.begin();
  }

  /// Ends the interval and returns its result. Waits until each thread has handed over its counts,
  /// up to a tenth of a second if a thread is idle.
  ///
  /// @param counters the current counters of the capture, from which the drops of the interval are
  ///   computed
  /// @throws InterruptedException if the calling thread is interrupted; the interval goes on
  public Interval nextInterval(CaptureCounters counters) throws InterruptedException {
    Interval[] interval = new Interval[1];
    meters.turn(counts -> interval[0] = rank(counts, counters));
    return interval[0];
  }

  /// Reports that all capture threads have ended, so that [#nextInterval] no longer waits for them.
  public void onThreadsEnded() {
    meters.onThreadsEnded();
  }

  /// The counts since the last interval. The capture threads must have ended.
  ///
  /// @param counters of the capture at its end
  public Interval lastInterval(CaptureCounters counters) {
    Interval[] interval = new Interval[1];
    meters.rest(counts -> interval[0] = rank(counts, counters));
    return interval[0];
  }

  private Interval rank(List<IntervalCount> counts, CaptureCounters counters) {
    Instant now = Instant.now();
    Interval interval =
        ranking.of(
            counts,
            TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(),
            counters.droppedByKernel() - droppedByKernel,
            counters.droppedByInterface() - droppedByInterface);
    droppedByKernel = counters.droppedByKernel();
    droppedByInterface = counters.droppedByInterface();
    return interval;
  }
}
