package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts what the sites of a fleet have probed, from their windows, and passes it on to the
/// listeners. What a [Collector] is to probes it is to windows, but it has no thread: whoever
/// brings something or asks something has it for the length of a call, one thread at a time.
public final class SiteCounts implements Counting {
  private final InstantSource wall;
  private final WindowClock clock;
  private final Board board;
  private final Listeners listeners = new Listeners();

  /// Of nobody yet.
  ///
  /// @param wall the clock that says what is recent
  public SiteCounts(InstantSource wall) {
    this.wall = wall;
    clock = new WindowClock(wallNanos(), System.nanoTime());
    board = new Board(clock);
  }

  private long wallNanos() {
    Instant now = wall.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Has a listener hear of everything from the beginning. To be called before all else.
  public void addListener(CollectorListener listener) {
    listeners.add(listener);
  }

  /// What listeners have thrown so far, how often.
  public long listenerFailures() {
    return listeners.failures();
  }

  @Override
  public synchronized <T extends @Nullable Object> T call(Supplier<T> question) {
    return question.get();
  }

  @Override
  public Board board() {
    return board;
  }

  /// One more is watched.
  public synchronized void add(Target target) {
    board.add(target);
    listeners.onTargetAdded(target);
  }

  /// A target is labelled, shown or probed in another way.
  public synchronized void change(Target before, Target now) {
    TargetState state = board.get(now.id());
    if (state != null) {
      state.target(now);
      listeners.onTargetChanged(before, now);
    }
  }

  /// A target is not watched any more.
  public synchronized void remove(Target target) {
    TargetState state = board.get(target.id());
    if (state != null) {
      board.remove(state);
      listeners.onTargetRemoved(target);
    }
  }

  /// A site has probed a target at this address.
  public synchronized void address(Target target, IpAddress now) {
    TargetState state = board.get(target.id());
    IpAddress before = state == null ? null : state.address();
    if (state != null && !now.equals(before)) {
      state.address(now);
      listeners.onAddress(target, before, now);
    }
  }

  /// Counts a window that a site has counted. Of a target that is not watched it says nothing.
  ///
  /// @param window of any time; each is to be brought once
  public synchronized void report(Target target, Window window) {
    moveOn();
    if (board.report(target.id(), window)) {
      listeners.onReport(target, window);
    }
  }

  /// All windows that began at this time, or before, and have come in time, are in the history.
  ///
  /// @param startSeconds in seconds since the epoch
  public synchronized void closed(long startSeconds) {
    moveOn();
    listeners.onWindowsClosed(startSeconds);
  }

  private void moveOn() {
    clock.advance(wallNanos(), System.nanoTime());
    if (clock.hasEnded()) {
      clock.begin(clock.epochNanos());
    }
  }
}
