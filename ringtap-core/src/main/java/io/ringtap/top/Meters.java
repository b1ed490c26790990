package io.ringtap.top;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The meters of all threads of a capture, whose intervals end together. One thread calls [#turn]
/// and [#rest].
final class Meters {
  private final List<Meter> meters = new ArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile boolean haveThreadsEnded;

  /// @param counters of each sketch
  Meters(KeyKind kind, Order order, int counters, int threads) {
    KeyHash hash = new KeyHash(kind.words(), new SecureRandom());
    for (int i = 0; i < threads; i++) {
      meters.add(new Meter(kind, order, counters, hash, turns));
    }
  }

  /// The meter of the capture thread of that number.
  Meter of(int thread) {
    return meters.get(thread);
  }

  /// Lets the first interval begin now. Before the capture threads start.
  void begin() {
    meters.forEach(Meter::begin);
  }

  /// Releases all who wait for a thread. They have all ended, which the caller has waited for.
  void onThreadsEnded() {
    haveThreadsEnded = true;
  }

  /// Ends the interval: waits until each thread has handed over its count, for up to the tenth of a
  /// second that an idle thread sleeps, shows the counts to `reader` and gives them back.
  void turn(Consumer<List<IntervalCount>> reader) throws InterruptedException {
    // Release: the counts that were given back are clear, see Meter#turnOver.
    turns.setRelease(turns.getPlain() + 1);
    List<IntervalCount> counts = new ArrayList<>();
    for (Meter meter : meters) {
      counts.add(await(meter));
    }
    show(counts, reader);
  }

  private IntervalCount await(Meter meter) throws InterruptedException {
    while (true) {
      boolean isLast = haveThreadsEnded; // before the poll, which then is final
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

  /// Shows what was counted since the last turn. The threads have ended.
  void rest(Consumer<List<IntervalCount>> reader) {
    show(meters.stream().map(Meter::rest).toList(), reader);
  }

  private void show(List<IntervalCount> counts, Consumer<List<IntervalCount>> reader) {
    reader.accept(counts);
    for (int i = 0; i < meters.size(); i++) {
      meters.get(i).giveBack(counts.get(i));
    }
  }
}
