package io.ringtap.monitor.collect;

import io.ringtap.monitor.window.Window;
import java.util.concurrent.TimeUnit;

/// The time by which windows begin and end: the wall clock, but never backwards. When the wall
/// clock has been set back, this one goes on at half the pace until the other has caught up, so
/// windows are longer for a while and none comes twice. When the wall clock has been set forward,
/// or the machine was suspended, this one jumps with it. The collector's.
final class WindowClock {
  static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(Window.BASE_SECONDS);

  private long epochNanos;
  private long monotonicNanos;
  private long windowNanos; // when the running window began

  /// @param wallNanos the wall clock, in nanoseconds since the epoch
  /// @param nowNanos the monotonic clock
  WindowClock(long wallNanos, long nowNanos) {
    epochNanos = wallNanos;
    monotonicNanos = nowNanos;
    windowNanos = windowOf(wallNanos);
  }

  /// Moves on to the present time; the running window stays the same.
  void advance(long wallNanos, long nowNanos) {
    epochNanos = Math.max(wallNanos, epochNanos + (nowNanos - monotonicNanos) / 2);
    monotonicNanos = nowNanos;
  }

  /// Now, in nanoseconds since the epoch.
  long epochNanos() {
    return epochNanos;
  }

  /// Whether the running window has ended.
  boolean hasEnded() {
    return epochNanos >= endNanos();
  }

  /// When the running window began, in seconds since the epoch.
  long startSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(windowNanos);
  }

  /// When the running window ends, in nanoseconds since the epoch.
  long endNanos() {
    return windowNanos + WINDOW_NANOS;
  }

  /// Begins the window that holds a time, but none that is later than the present one, nor earlier
  /// than the one after the running.
  void begin(long nanos) {
    windowNanos = Math.max(endNanos(), windowOf(Math.min(nanos, epochNanos)));
  }

  /// A time as it lies in the running window: its beginning or end for times before or after it.
  long within(long nanos) {
    return Math.clamp(nanos, windowNanos, endNanos() - 1);
  }

  private static long windowOf(long nanos) {
    return nanos - Math.floorMod(nanos, WINDOW_NANOS);
  }
}
