package io.ringtap.cli.sweep;

import io.ringtap.sweep.SweepCounters;
import java.time.Duration;

/// What the runs of a sweep have counted together.
///
/// @param runs how many there were
/// @param elapsedNanos the time of all
/// @param sent and the others as [SweepCounters] has them
record Tally(
    long runs,
    long elapsedNanos,
    long sent,
    long refused,
    long found,
    long open,
    long repeats,
    long duplicates,
    long errors,
    long invalid,
    long dropped) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// These and one more run.
  Tally plus(SweepCounters run, Duration elapsed) {
    return new Tally(
        runs + 1,
        elapsedNanos + elapsed.toNanos(),
        sent + run.sent(),
        refused + run.refused(),
        found + run.found(),
        open + run.open(),
        repeats + run.repeats(),
        duplicates + run.duplicates(),
        errors + run.errors(),
        invalid + run.invalid(),
        dropped + run.dropped());
  }
}
