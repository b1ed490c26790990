package io.ringtap.record;

import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread that writes: takes buffers from all queues and writes them to the file.
final class RecordWriter implements Runnable {
  private static final long SLEEP_NANOS = 100_000_000;

  /// From this size on, filler is a small part of what is written.
  private static final int BULK_BYTES = 256 << 10;

  private final List<RecordQueue> queues;
  private final SavefileOutput output;
  private final int alignment; // 0 if buffers are not filled up
  private final RecorderListener listener;
  private final @Nullable RecordMerger merger;
  private volatile boolean isOver; // nothing more is written
  private boolean isTimeUp;
  private volatile boolean isClosing;
  private volatile boolean hasNews;
  private volatile @Nullable Thread sleeper;
  private volatile @Nullable IOException failure;

  RecordWriter(
      List<RecordQueue> queues,
      SavefileOutput output,
      RecorderListener listener,
      @Nullable RecordMerger merger) {
    this.queues = queues;
    this.output = output;
    alignment = output.alignment();
    this.listener = listener;
    this.merger = merger;
  }

  /// For capture threads: whether nothing more will be written.
  boolean isOver() {
    return isOver;
  }

  /// Packets that were handed over and will not be written. Exact once the thread has ended.
  long lost() {
    if (!isOver) {
      return 0;
    }
    long givenBack = 0;
    for (RecordQueue queue : queues) {
      givenBack += queue.packetsGivenBack();
    }
    return Math.max(0, givenBack - output.packets());
  }

  @Nullable IOException failure() {
    return failure;
  }

  /// Reports that there is something to do. Any thread.
  void wakeUp() {
    hasNews =
        true; // set first, so that either this thread sees the sleeper or the sleeper sees this
    Thread waiting = sleeper;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /// Writes what has been handed over, then closes the file and ends the thread.
  void close() {
    isClosing = true;
    wakeUp();
  }

  /// Stops writing; no capture thread waits any more. Any thread.
  void abort() {
    end();
    wakeUp();
  }

  private void end() {
    isOver = true;
    queues.forEach(RecordQueue::end);
  }

  @Override
  public void run() {
    try (output) {
      boolean isLast;
      do {
        isLast = isClosing; // read before the pass, which then takes everything
        checkTime();
        hasNews = false;
        if (!doWork(isLast) && !isLast) {
          sleep();
        }
      } while (!isLast);
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) { // of the listener, or of the source of statistics
      fail(new IOException("the recording failed: " + e, e));
    } finally {
      end();
    }
  }

  /// A silent link brings no packet whose stamp would show that the time is over.
  private void checkTime() {
    if (!isTimeUp && output.isTimeUp(Instant.now())) {
      isTimeUp = true;
      listener.onTimeUp();
    }
  }

  /// Writes what has been handed over.
  ///
  /// @return false if there was nothing
  private boolean doWork(boolean isLast) {
    try {
      if (!isOver) {
        boolean hasWorked =
            merger == null ? writeBuffers() : merger.doWork(isLast ? Long.MAX_VALUE : until());
        if (output.isEnded()) {
          end();
          listener.onEnd();
        }
        return hasWorked;
      }
    } catch (IOException e) {
      fail(e);
    }
    return discard();
  }

  private boolean writeBuffers() throws IOException {
    boolean hasWorked = false;
    for (int i = 0; i < queues.size(); i++) {
      RecordQueue queue = queues.get(i);
      for (long end = queue.handedOver(); queue.givenBack() < end && !output.isEnded(); ) {
        writeBuffer(queue, queue.givenBack(), end);
        queue.giveBack();
        hasWorked = true;
      }
    }
    return hasWorked;
  }

  private void writeBuffer(RecordQueue queue, long place, long end) throws IOException {
    long from = queue.start(place);
    int length = queue.length(place);
    int count = queue.count(place);
    // If the disk falls behind, the page cache absorbs the burst.
    boolean keepsUp = end - place <= queue.slots() / 2;
    if (alignment > 0 && keepsUp && length >= BULK_BYTES) {
      output.writeFilled(queue.memory(), from, length, count);
    } else {
      boolean _ = output.write(queue.memory(), from, length, count);
    }
  }

  /// The stamp before which no thread will hand over another record.
  private long until() {
    long until = Long.MAX_VALUE;
    for (int i = 0; i < queues.size(); i++) {
      until = Math.min(until, queues.get(i).completeUntil());
    }
    return until;
  }

  /// Returns the buffers that can no longer be written. For the writing thread, and for another
  /// thread once that has ended.
  boolean discard() {
    boolean hasWorked = false;
    for (int i = 0; i < queues.size(); i++) {
      RecordQueue queue = queues.get(i);
      for (long end = queue.handedOver(); queue.givenBack() < end; ) {
        queue.giveBack();
        hasWorked = true;
      }
    }
    return hasWorked;
  }

  private void fail(IOException e) {
    end();
    if (failure == null) {
      failure = e;
      listener.onFailure(e);
    }
  }

  private void sleep() {
    sleeper = Thread.currentThread();
    if (!isClosing && !hasNews) {
      LockSupport.parkNanos(this, SLEEP_NANOS);
    }
    sleeper = null;
  }
}
