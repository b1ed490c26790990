package io.ringtap.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.packet.PacketHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Finds who sends most, in memory that does not grow with the number of senders: a count for each
/// capture thread, taken without a lock at the end of each interval, and put in order.
///
/// ```java
/// TopTalkers top = new TopTalkers(TopOptions.by(KeyKind.SOURCE));
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0"))) {
///   capture.start(top.handler(0));
///   Thread.sleep(1000);
///   top.turn(capture.counters()).rows().forEach(row -> print(row.key(), row.packets()));
/// }
/// ```
///
/// Handlers are for the capture's threads; one other thread calls the rest.
public final class TopTalkers {
  private final TopOptions options;
  private final Meters meters;
  private final Ranking ranking;
  private long droppedByKernel; // at the end of the last interval
  private long droppedByInterface;

  /// Counts as the options say. The first interval begins now, or with [#begin].
  public TopTalkers(TopOptions options) {
    this.options = options;
    meters = new Meters(options.by(), options.order(), options.counters(), options.threads());
    ranking = new Ranking(options.by(), options.order(), options.rows());
    meters.begin();
  }

  /// How packets are counted.
  public TopOptions options() {
    return options;
  }

  /// Counts the packets of the capture thread of that number, from 0, and allocates nothing for
  /// one.
  public PacketHandler handler(int thread) {
    return meters.of(thread);
  }

  /// Lets the first interval begin now. Before the capture's threads start.
  public void begin() {
    meters.begin();
  }

  /// Ends the interval: waits until each thread has handed over its count, for up to the tenth of a
  /// second that an idle thread sleeps.
  ///
  /// @param counters of the capture, now: what it dropped in the interval is computed from them
  /// @throws InterruptedException if the calling thread is interrupted; the interval goes on
  public Interval turn(CaptureCounters counters) throws InterruptedException {
    Interval[] interval = new Interval[1];
    meters.turn(counts -> interval[0] = rank(counts, counters));
    return interval[0];
  }

  /// Lets [#turn] wait no more for threads, which have all ended: the caller has waited for that.
  public void onThreadsEnded() {
    meters.onThreadsEnded();
  }

  /// What was counted since the last turn, once the threads have ended.
  ///
  /// @param counters of the capture, at its end
  public Interval rest(CaptureCounters counters) {
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
