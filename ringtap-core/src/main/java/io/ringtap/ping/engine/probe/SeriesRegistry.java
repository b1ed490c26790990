package io.ringtap.ping.engine.probe;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// The series that are running, by index, and those lately ended: an index is used again as late as
/// [#RESTING] allows, so that replies after a series' end still find it.
public final class SeriesRegistry {
  private static final int RESTING = 16_384;

  private static final int FIRST_SIZE = 1024;

  private final int capacity;

  /// Grows as indices are used. The sending thread's to replace: who has an index from it sees an
  /// array that holds it.
  private ProbeSeries[] series;

  private final IntRing freed;
  private final AtomicInteger pending = new AtomicInteger();
  private int fresh; // indices never used so far; the sending thread's

  /// A registry for so many series at a time.
  public SeriesRegistry(int capacity) {
    this.capacity = capacity;
    series = new ProbeSeries[Math.min(FIRST_SIZE, capacity)];
    freed = new IntRing(capacity);
  }

  public int capacity() {
    return capacity;
  }

  /// Series admitted and not yet ended. Any thread.
  public int pending() {
    return pending.get();
  }

  /// Admits a series if there is room for one more. Any thread.
  public boolean tryAdmit() {
    if (pending.incrementAndGet() <= capacity) {
      return true;
    }
    pending.decrementAndGet();
    return false;
  }

  /// Gives an admitted series its index. The sending thread's.
  public void register(ProbeSeries admitted) {
    boolean reuse = fresh == capacity || freed.size() > RESTING;
    int index = reuse ? freed.take() : fresh++;
    if (index == series.length) {
      series = Arrays.copyOf(series, Math.min(2 * index, capacity));
    }
    admitted.index(index);
    series[index] = admitted;
  }

  /// The series that has, or last had, an index that was registered. The sending and the receiving
  /// thread's; what the one registers, the other sees through the probe table.
  public ProbeSeries get(int index) {
    return series[index];
  }

  /// How many indices have been used; for the receiving thread when the sending one has ended.
  public int used() {
    return fresh;
  }

  /// A registered series has ended. The receiving thread's.
  void release(ProbeSeries ended) {
    freed.add(ended.index());
    pending.decrementAndGet();
  }

  /// An admitted series has ended before it was registered.
  public void dismiss() {
    pending.decrementAndGet();
  }
}
