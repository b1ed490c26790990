package io.ringtap.send;

import io.ringtap.error.Errno;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts the outcomes of frames. The sending thread counts; any thread may take a snapshot.
final class SendTally {
  private static final int MAX_ERRNO = 4095; // of the kernel, include/linux/err.h

  private static final int SENT = 0;
  private static final int SENT_BYTES = 1;
  private static final int RETRIES = 2;
  private static final int PLAIN_COUNTS = 3;

  private final AtomicLongArray counts = new AtomicLongArray(PLAIN_COUNTS);
  private final Map<Refusal, AtomicLong> refusals = new EnumMap<>(Refusal.class);
  private final AtomicLongArray errors = new AtomicLongArray(MAX_ERRNO + 1);

  SendTally() {
    for (Refusal reason : Refusal.values()) {
      refusals.put(reason, new AtomicLong());
    }
  }

  void sent(int frames, long bytes) {
    add(counts, SENT, frames);
    add(counts, SENT_BYTES, bytes);
  }

  void retried() {
    add(counts, RETRIES, 1);
  }

  void refused(Refusal reason) {
    AtomicLong count = Objects.requireNonNull(refusals.get(reason));
    count.setRelease(count.getPlain() + 1);
  }

  /// Counts frames that the kernel refused.
  ///
  /// @param result of the send call, `-errno`
  void refusedByKernel(int result, int frames) {
    add(errors, -result, frames);
  }

  /// Only one thread adds, so no atomic update is needed.
  private static void add(AtomicLongArray array, int index, long count) {
    array.setRelease(index, array.getPlain(index) + count);
  }

  /// Frames sent so far, for the sending thread.
  long sent() {
    return counts.getPlain(SENT);
  }

  SendCounters snapshot() {
    Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    refusals.forEach((reason, count) -> {
      if (count.getAcquire() > 0) {
        refused.put(reason, count.getAcquire());
      }
    });
    Map<Errno, Long> refusedByKernel = new HashMap<>();
    for (int number = 0; number <= MAX_ERRNO; number++) {
      long count = errors.getAcquire(number);
      if (count > 0) {
        refusedByKernel.put(new Errno(number), count);
      }
    }
    return new SendCounters(
        counts.getAcquire(SENT),
        counts.getAcquire(SENT_BYTES),
        refused,
        refusedByKernel,
        counts.getAcquire(RETRIES));
  }
}
