package io.ringtap.ping;

import java.util.concurrent.atomic.AtomicLongArray;

/// The pinger's own counts. The receiving thread writes; any thread reads.
final class EngineCounters {
  static final int SENT = 0;
  static final int UNSENT = 1;
  static final int ANSWERS = 2;
  static final int LATE = 3;
  static final int DUPLICATES = 4;
  static final int FOREIGN = 5;

  /// Entries of the probe table that have gone back to the sender.
  static final int RELEASED = 6;

  static final int RING_DROPPED = 7;
  private static final int COUNT = 8;

  private final AtomicLongArray values = new AtomicLongArray(COUNT);

  void add(int counter) {
    set(counter, values.getPlain(counter) + 1);
  }

  void set(int counter, long value) {
    // Release suffices for one writer; a reader sees each count no older than what it was told by
    // it.
    values.setRelease(counter, value);
  }

  long get(int counter) {
    return values.getAcquire(counter);
  }

  PingerCounters snapshot() {
    return new PingerCounters(
        get(SENT),
        get(UNSENT),
        get(ANSWERS),
        get(LATE),
        get(DUPLICATES),
        get(FOREIGN),
        get(RING_DROPPED));
  }
}
