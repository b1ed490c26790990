package io.ringtap.fleet.reader;

import io.ringtap.monitor.SitesMonitor;
import io.ringtap.monitor.window.Window;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// When what has been read is written, and when it is kept up to where that was. One thread uses
/// it.
final class Writing {
  /// How long what came late is gathered, and how often it is kept up to where has been read.
  private static final long MARK_SECONDS = 60;

  private final SitesMonitor monitor;
  private final Feed feed;
  private final Progress progress;
  private final WindowBuffer buffer;
  private final Accounts accounts;
  private final InstantSource clock;
  private final int mostWaiting;
  private long closedSeconds; // the start of the newest windows that are shown as complete
  private long markNanos = System.nanoTime();

  /// @param mostWaiting if more wait, all are written before anything else is read
  Writing(
      SitesMonitor monitor,
      Feed feed,
      Progress progress,
      WindowBuffer buffer,
      Accounts accounts,
      InstantSource clock,
      int mostWaiting) {
    this.monitor = monitor;
    this.feed = feed;
    this.progress = progress;
    this.buffer = buffer;
    this.accounts = accounts;
    this.clock = clock;
    this.mostWaiting = mostWaiting;
  }

  private long nowSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(clock.millis());
  }

  /// Writes what is due.
  ///
  /// @param isIdle whether no more has come at present; else windows of the same time may follow
  /// @return false if the history cannot be written at present
  boolean write(boolean isIdle) throws InterruptedException {
    long before = buffer.written();
    boolean isWell = writeDue(isIdle);
    accounts.end(Fate.STORED, buffer.written() - before);
    if (isWell) {
      close();
    }
    return isWell;
  }

  private boolean writeDue(boolean isIdle) throws InterruptedException {
    boolean isFull = buffer.waiting() > mostWaiting;
    if ((isIdle || isFull) && !buffer.writeDue(nowSeconds())) {
      return false;
    }
    if (isFull && !buffer.writeAll()) {
      return false;
    }
    return System.nanoTime() - markNanos < TimeUnit.SECONDS.toNanos(MARK_SECONDS) || mark();
  }

  /// Every ten seconds those are shown as complete that are not waited for any more.
  private void close() {
    long due = nowSeconds() - WindowBuffer.WAIT_SECONDS - Window.BASE_SECONDS;
    long start = due - Math.floorMod(due, Window.BASE_SECONDS);
    if (start > closedSeconds) {
      closedSeconds = start;
      monitor.counts().closed(start);
    }
  }

  private boolean mark() throws InterruptedException {
    if (!buffer.writeAll()) {
      return false;
    }
    progress.sequences().forgetOld(clock.millis());
    Progress now =
        new Progress(feed.positions(), progress.sequences(), progress.claims(), buffer.front());
    boolean isKept = monitor.reports().mark(now.marks());
    markNanos = isKept ? System.nanoTime() : markNanos;
    return isKept;
  }

  /// Writes all, and keeps up to where.
  ///
  /// @param deadlineNanos by [System#nanoTime]
  void end(long deadlineNanos) throws InterruptedException {
    long before = buffer.written();
    while (!mark() && System.nanoTime() < deadlineNanos) {
      Thread.sleep(100);
    }
    accounts.end(Fate.STORED, buffer.written() - before);
  }
}
