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
/// Frames that are due go out in batches; before one that is not, the thread sleeps, and spins for
/// the last [#SPIN_NANOS], which a sleep overshoots. Frames that do not fit the interface take no
/// time of the pace.
///
/// One thread runs it; any may stop it and ask for its times.
public final class Replay {
  /// How long before a frame is due the thread no longer sleeps: the kernel lets a sleep take 50 µs
  /// longer than asked (`PR_SET_TIMERSLACK` of `prctl(2)`), and waking up takes some time, too.
  private static final long SPIN_NANOS = 80_000;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PacketSender sender;
  private final Schedule schedule;
  private final BooleanSupplier isStopped = this::isStopped;
  private volatile boolean stopWanted;
  private volatile @Nullable Thread runner;
  private volatile boolean hasBegun;
  private volatile long begin; // when the first frame was due, by System.nanoTime
  private volatile long end; // of the latest round
  private volatile long idealNanos; // until then
  private long latestDue; // of the frames that were sent, since the beginning

  /// A run that has not begun. The sender is the caller's, who uses it for nothing else meanwhile.
  public Replay(PacketSender sender, Pace pace) {
    this.sender = sender;
    schedule = new Schedule(pace);
  }

  /// Sends the frames of a savefile, as [#run(FrameSource)].
  ///
  /// @throws IOException if the file cannot be read, is damaged (MalformedSavefile), or the
  ///   interface is gone (LinuxException); all whole frames before that have been sent
  public void run(Path savefile) throws IOException {
    try (SavefileReader reader = SavefileReader.open(savefile)) {
      run(FrameSource.of(reader));
    }
  }

  /// Sends all frames that `source` gives, until its end or [#stop]. Run again, it goes on in the
  /// same time: the first frame is then due when the last one was, and the rate is kept.
  ///
  /// An interrupt of the thread stops it, too, and is kept.
  ///
  /// @throws IOException as `source` throws it, after all frames before that have been sent; or (a
  ///   LinuxException) if the interface is gone
  public void run(FrameSource source) throws IOException {
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
    // Frames without a wait between them have the same time; the clock need not be read for each.
    if (due > latestDue && begin + due - System.nanoTime() > 0) {
      sender.flush(isStopped);
      if (!awaitTime(begin + due)) {
        return;
      }
    }
    sender.add(frame, isStopped);
    latestDue = due;
  }

  /// Waits until then.
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

  /// Ends the run soon, also while it waits for a frame to be due or for room, and any later one at
  /// once. Frames that have not gone by then are not counted. Any thread.
  public void stop() {
    stopWanted = true;
    LockSupport.unpark(runner);
  }

  /// How long it has taken since the first frame was due: so far, or until the last round's end.
  /// Any thread.
  public Duration elapsed() {
    if (!hasBegun) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((runner == null ? end : System.nanoTime()) - begin);
  }

  /// How long it would have taken if each frame had gone when it was due: until the last one of the
  /// latest round that has ended. Zero for a pace without limit. Any thread.
  public Duration ideal() {
    return Duration.ofNanos(idealNanos);
  }
}
