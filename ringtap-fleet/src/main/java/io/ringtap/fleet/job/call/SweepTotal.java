package io.ringtap.fleet.job.call;

import io.ringtap.error.Errno;
import io.ringtap.sweep.SweepCounters;
import java.util.HashMap;
import java.util.Map;

/// Adds up counters.
final class SweepTotal {
  private SweepTotal() {}

  static SweepCounters plus(SweepCounters a, SweepCounters b) {
    Map<Errno, Long> refusals = new HashMap<>(a.refusals());
    b.refusals().forEach((errno, count) -> refusals.merge(errno, count, Long::sum));
    return new SweepCounters(
        a.sent() + b.sent(),
        a.resent() + b.resent(),
        a.sentBytes() + b.sentBytes(),
        refusals,
        a.waits() + b.waits(),
        a.found() + b.found(),
        a.open() + b.open(),
        a.repeats() + b.repeats(),
        a.duplicates() + b.duplicates(),
        a.errors() + b.errors(),
        a.invalid() + b.invalid(),
        a.dropped() + b.dropped(),
        a.forgotten() + b.forgotten());
  }
}
