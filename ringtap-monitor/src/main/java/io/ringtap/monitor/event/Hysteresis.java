package io.ringtap.monitor.event;

/// Whether one state of one target is open: it opens when its figure has stayed at the limit for as
/// long as the rule's hold, and closes when it has stayed below the clear figure for as long. What
/// lies between the two lets an open state stay open and a closed one closed.
///
/// Holds are measured in watched time, which stands still while nobody watched (see
/// [EventDetector]), so neither a suspended machine nor a clock that is set makes one pass.
final class Hysteresis {
  private boolean open;
  private boolean holding; // whether the other side has been reached and its hold runs
  private long heldFromNanos; // in watched time
  private long sinceNanos;
  private long endedNanos = Long.MIN_VALUE;

  boolean isOpen() {
    return open;
  }

  /// When it began; when its hold began while it is not open yet.
  long sinceNanos() {
    return sinceNanos;
  }

  /// Is open since then, as before the restart.
  void restore(long openSinceNanos) {
    open = true;
    holding = false;
    sinceNanos = openSinceNanos;
  }

  /// Forgets a hold that runs.
  void reset() {
    holding = false;
  }

  /// Opens it if `isOver` has been so for long enough. It must not be open.
  ///
  /// @param isOver whether the figure is at the limit or above
  /// @param since when it began, if this is the first time that `isOver` is true
  /// @param watchedNanos now, in watched time
  /// @return whether it begins
  boolean begin(boolean isOver, long since, long watchedNanos, long holdNanos) {
    if (!isOver) {
      holding = false;
      return false;
    }
    if (!holding) {
      holding = true;
      heldFromNanos = watchedNanos;
      // Two states of one kind never overlap, even if their probes did.
      sinceNanos = Math.max(since, endedNanos);
    }
    if (watchedNanos - heldFromNanos < holdNanos) {
      return false;
    }
    open = true;
    holding = false;
    return true;
  }

  /// Closes it if `isUnder` has been so for long enough. It must be open.
  ///
  /// @param isUnder whether the figure is below the clear figure
  /// @param nowNanos now, in nanoseconds since the epoch
  /// @return whether it ends
  boolean end(boolean isUnder, long nowNanos, long watchedNanos, long holdNanos) {
    if (!isUnder) {
      holding = false;
      return false;
    }
    if (!holding) {
      holding = true;
      heldFromNanos = watchedNanos;
    }
    if (watchedNanos - heldFromNanos < holdNanos) {
      return false;
    }
    open = false;
    holding = false;
    endedNanos = nowNanos;
    return true;
  }
}
