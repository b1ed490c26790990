package io.ringtap.sweep;

import io.ringtap.linux.Clock;
import io.ringtap.socket.PollSet;
import io.ringtap.socket.RingSource;
import io.ringtap.timing.StampClock;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The receiving thread: shows what the ring holds, and says up to when all that had arrived has
/// been shown.
final class SweepReceiver implements Runnable {
  private static final long MOST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// The longest from the stamp of a packet until it is in the ring.
  private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /// Blocks of a pass, so that the clocks are compared now and then.
  private static final int MOST_BLOCKS = 64;

  private final Sweep sweep;
  private final RingSource ring;
  private final Function<StampClock, AnswerReader> readers;

  SweepReceiver(Sweep sweep, RingSource ring, Function<StampClock, AnswerReader> readers) {
    this.sweep = sweep;
    this.ring = ring;
    this.readers = readers;
  }

  @Override
  public void run() {
    try (Arena arena = Arena.ofConfined()) {
      StampClock clock = new StampClock(Clock::monotonicNanos, new Clock(arena)::epochNanos);
      AnswerReader reader = readers.apply(clock);
      PollSet poll = new PollSet(arena).add(ring.number());
      while (!sweep.isEnded()) {
        if (!drain(clock, reader)) {
          poll.sleep(MOST_SLEEP_NANOS);
        }
      }
    } catch (RuntimeException | Error e) {
      sweep.fail(e);
    }
  }

  /// Shows what has been handed over.
  ///
  /// @return whether there may be more
  private boolean drain(StampClock clock, AnswerReader reader) {
    long before = clock.epochOf(clock.observe());
    for (int i = 0; i < MOST_BLOCKS; i++) {
      if (ring.drain(reader) == 0) {
        shownUntil(clock.monotonicOf(ring.completeUntil(before)));
        return false;
      }
    }
    shownUntil(clock.monotonicOf(ring.shownNanos()));
    return true;
  }

  private void shownUntil(long nanos) {
    sweep.shownUntil(nanos - DELIVERY_NANOS);
  }
}
