package io.ringtap.top;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The meters of all threads of a capture, whose intervals end together. Only one thread may call
/// [#turn] and [#rest].
final class Meters {
  private final List<Meter> meters = new ArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile boolean haveThreadsEnded;
  private boolean isTurning; // a turn was begun and its counts were not shown yet

  /// @param counters of each sketch
  /// @param hash of keys of this kind
  Meters(KeyKind kind, Order order, int counters, KeyHash hash, int threads) {
    for (int i = 0; i < threads; i++) {
      meters.add(new Meter(kind, order, counters, hash, turns));
    }
  }

  /// The meter of the capture thread with this number.
  Meter of(int thread) {
    return meters.get(thread);
  }

  /// Begins the first interval now. Must be called before the capture threads start.
  void begin() {
    meters.forEach(Meter::begin);
  }

  /// Reports that all capture threads have ended, so that nothing waits for them any more.
  void onThreadsEnded() {
    haveThreadsEnded = true;
  }

  /// Ends the interval: waits until each thread has handed over its counts, up to a tenth of a
  /// second if a thread is idle, passes the counts to `reader` and returns them to the threads.
  ///
  /// @throws InterruptedException if it waits and the thread is interrupted; the next call goes on
  ///   with the same turn, because a thread must not be asked for its counts while its last ones
  ///   are still here
  void turn(Consumer<List<IntervalCount>> reader) throws InterruptedException {
    if (!isTurning) {
      isTurning = true;
      turns.set(turns.get() + 1);
    }
    List<IntervalCount> counts = new ArrayList<>();
    for (Meter meter : meters) {
      counts.add(await(meter));
    }
    show(counts, reader);
  }

  private IntervalCount await(Meter meter) throws InterruptedException {
    while (true) {
      boolean isLast = haveThreadsEnded; // read before the poll, which is then final
      @Nullable IntervalCount count = meter.poll();
      if (count != null) {
        return count;
      }
      if (isLast) {
        return meter.rest();
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// Passes the counts since the last turn to `reader`, and those of a turn that was interrupted.
  /// The threads must have ended.
  void rest(Consumer<List<IntervalCount>> reader) {
    List<IntervalCount> counts = new ArrayList<>();
    for (Meter meter : meters) {
      @Nullable IntervalCount interrupted = meter.poll();
      IntervalCount rest = meter.rest();
      if (interrupted != null) {
        rest.beginNanos = interrupted.beginNanos;
        counts.add(interrupted);
      }
      counts.add(rest);
    }
    show(counts, reader);
  }

  private void show(List<IntervalCount> counts, Consumer<List<IntervalCount>> reader) {
    reader.accept(counts);
    counts.forEach(IntervalCount::clear);
    meters.forEach(Meter::giveBack);
    isTurning = false;
  }
}
