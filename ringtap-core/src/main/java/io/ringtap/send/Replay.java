package io.ringtap.send;

import io.ringtap.error.LinuxException;
import io.ringtap.packet.Frame;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Sends frames at a [Pace], such as those of a savefile with their timing.
///
/// ```java
/// Replay replay = new Replay(sender, Pace.packetsPerSecond(10_000));
/// replay.run(Path.of("x.pcapng"));
/// ```
///
/// Frames that are due are sent in batches. Before a frame that is not due yet, the thread sleeps,
/// and spins for the last [#SPIN_NANOS], because a sleep takes too long. A frame that does not fit
/// the interface takes no time slot.
///
/// One thread runs it; any thread may stop it and read its times.
public final class Replay {
  /// How long before a frame is due the thread stops sleeping: the kernel may prolong a sleep by 50
  /// µs (`PR_SET_TIMERSLACK` of `prctl(2)`), and waking up takes some time, too.
  private static final long SPIN_NANOS = 80_000;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PacketSender sender;
  private final Schedule schedule;
  private final BooleanSupplier isStopped = this::isStopped;
  private volatile boolean stopWanted;
  private volatile @Nullable Thread runner;
  private volatile boolean hasBegun;
  private volatile long begin; // when the first frame was due, by System.nanoTime
  private volatile long end; // of the last round
  private volatile long idealNanos; // until then
  private long latestDue; // of the frames that were sent, since the beginning

  /// Creates a replay. The caller keeps ownership of the sender and must not use it during the run.
  public Replay(PacketSender sender, Pace pace) {
    this.sender = sender;
    schedule = new Schedule(pace);
  }

  /// Sends the frames of a savefile; see [#run(FrameSupplier)].
  ///
  /// @throws IOException if the file cannot be read, is damaged (MalformedSavefile), or the
  ///   interface is gone (LinuxException); all complete frames before that have been sent
  public void run(Path savefile) throws IOException {
    try (SavefileReader reader = SavefileReader.open(savefile)) {
      run(FrameSupplier.of(reader));
    }
  }

  /// Sends all frames of `source`, until its end or [#stop]. Another run continues the same
  /// schedule: its first frame is due when the last one was, so the rate is kept.
  ///
  /// An interrupt of the thread also stops it; the interrupt status is kept.
  ///
  /// @throws IOException if `source` throws it, after all frames before that have been sent; or, as
  ///   a LinuxException, if the interface is gone
  public void run(FrameSupplier source) throws IOException {
    sender.requireOpen();
    runner = Thread.currentThread();
    schedule.nextRound();
    try {
      while (!isStopped()) {
        Frame frame = source.next();
        if (frame == null) {
          break;
        }
        if (sender.admits(frame)) {
          send(frame);
          if (source.mayWait()) {
            sender.flush(isStopped);
          }
        }
      }
    } finally {
      try {
        sender.flush(isStopped);
      } finally {
        end = System.nanoTime();
        idealNanos = latestDue;
        runner = null;
      }
    }
  }

  private void send(Frame frame) throws LinuxException {
    if (!hasBegun) {
      begin = System.nanoTime();
      hasBegun = true;
    }
    long due = schedule.next(frame);
    // Frames that are due at the same time need only one reading of the clock.
    if (due > latestDue && begin + due - System.nanoTime() > 0) {
      sender.flush(isStopped);
      if (!awaitTime(begin + due)) {
        return;
      }
    }
    sender.add(frame, isStopped);
    latestDue = due;
  }

  /// Waits until a time.
  ///
  /// @return false if the run is stopped first
  private boolean awaitTime(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      if (isStopped()) {
        return false;
      }
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(this, Math.min(left - SPIN_NANOS, LONGEST_SLEEP_NANOS));
      } else {
        Thread.onSpinWait();
      }
      left = nanoTime - System.nanoTime();
    }
    return true;
  }

  private boolean isStopped() {
    return stopWanted || Thread.currentThread().isInterrupted();
  }

  /// Ends the current run soon, also while it waits until a frame is due or for room, and any later
  /// run at once. Frames that have not been sent by then are not counted. Any thread.
  public void stop() {
    stopWanted = true;
    LockSupport.unpark(runner);
  }

  /// The time since the first frame was due, until now or the end of the last round. Any thread.
  public Duration elapsed() {
    if (!hasBegun) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((runner == null ? end : System.nanoTime()) - begin);
  }

  /// The ideal time, if each frame had been sent exactly when it was due, until the end of the last
  /// completed round. Zero for an unlimited pace. Any thread.
  public Duration ideal() {
    return Duration.ofNanos(idealNanos);
  }
}
