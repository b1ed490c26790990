package io.ringtap.sweep;

import io.ringtap.error.Errno;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts what a sweep sends and hears. Each count has one thread that adds to it; any thread may
/// take a snapshot.
final class SweepTally {
  private static final int MAX_ERRNO = 4095; // of the kernel, include/linux/err.h

  // By the sending thread.
  private static final int SENT = 0;
  private static final int RESENT = 1;
  private static final int SENT_BYTES = 2;
  private static final int WAITS = 3;

  // By the receiving thread.
  private static final int FOUND = 4;
  private static final int OPEN = 5;
  private static final int REPEATS = 6;
  private static final int DUPLICATES = 7;
  private static final int ERRORS = 8;
  private static final int INVALID = 9;

  private static final int PLAIN_COUNTS = 10;

  private final AtomicLongArray counts = new AtomicLongArray(PLAIN_COUNTS);
  private final AtomicLongArray refusals = new AtomicLongArray(MAX_ERRNO + 1);

  /// Counts probes that the kernel took.
  ///
  /// @param again how many of them went to targets that had not answered
  void sent(int probes, int again, long bytes) {
    add(counts, SENT, probes);
    add(counts, RESENT, again);
    add(counts, SENT_BYTES, bytes);
  }

  void waited() {
    add(counts, WAITS, 1);
  }

  /// Counts a probe that the kernel refused.
  ///
  /// @param result of the send call, `-errno`
  void refused(int result) {
    add(refusals, -result, 1);
  }

  void found(boolean isOpen) {
    add(counts, FOUND, 1);
    add(counts, OPEN, isOpen ? 1 : 0);
  }

  void repeated() {
    add(counts, REPEATS, 1);
  }

  void duplicated() {
    add(counts, DUPLICATES, 1);
  }

  void error() {
    add(counts, ERRORS, 1);
  }

  void invalid() {
    add(counts, INVALID, 1);
  }

  /// Only one thread adds, so no atomic update is needed.
  private static void add(AtomicLongArray array, int index, long number) {
    array.setRelease(index, array.getPlain(index) + number);
  }

  /// What has been counted.
  ///
  /// @param dropped by the receive ring
  /// @param forgotten by the memory for duplicates
  SweepCounters snapshot(long dropped, long forgotten) {
    Map<Errno, Long> refused = new HashMap<>();
    for (int number = 1; number <= MAX_ERRNO; number++) {
      long count = refusals.getAcquire(number);
      if (count > 0) {
        refused.put(new Errno(number), count);
      }
    }
    return new SweepCounters(
        counts.getAcquire(SENT),
        counts.getAcquire(RESENT),
        counts.getAcquire(SENT_BYTES),
        refused,
        counts.getAcquire(WAITS),
        counts.getAcquire(FOUND),
        counts.getAcquire(OPEN),
        counts.getAcquire(REPEATS),
        counts.getAcquire(DUPLICATES),
        counts.getAcquire(ERRORS),
        counts.getAcquire(INVALID),
        dropped,
        forgotten);
  }
}
