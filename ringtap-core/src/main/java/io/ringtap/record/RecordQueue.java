package io.ringtap.record;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The buffers between one capture thread, which fills them with records, and the writing thread,
/// which empties them: a ring that both use in the same order. Only a capture thread that waits for
/// room takes a lock, and the writing thread once for each buffer that it returns.
final class RecordQueue implements AutoCloseable {
  /// Bytes of a buffer: room for several of the largest packets, and few system calls for small
  /// ones.
  static final int BUFFER_BYTES = 1 << 19;

  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final VarHandle GIVEN_BACK;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(RecordQueue.class, "head", long.class);
      TAIL = lookup.findVarHandle(RecordQueue.class, "tail", long.class);
      GIVEN_BACK = lookup.findVarHandle(RecordQueue.class, "packetsGivenBack", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Mapping mapping;
  private final MemorySegment memory;
  private final int slots;
  private final int[]
      lengths; // in bytes; owned by the capture thread until the buffer is handed over
  private final int[] counts;
  private long head; // buffers returned, written by the writing thread
  private long tail; // buffers handed over, written by the capture thread
  private long packetsGivenBack; // written by the writing thread
  // Written by the capture thread, after it has handed over all older records.
  private volatile long completeUntil = Long.MIN_VALUE;
  private boolean hasEnded; // guarded by this object's monitor

  RecordQueue(long bytes) throws LinuxException {
    slots = (int) (bytes / BUFFER_BYTES);
    mapping = Mapping.anonymous((long) slots * BUFFER_BYTES, "packets waiting for the disk");
    memory = mapping.memory();
    lengths = new int[slots];
    counts = new int[slots];
  }

  /// The memory of all buffers; each begins at [#start].
  MemorySegment memory() {
    return memory;
  }

  int slots() {
    return slots;
  }

  /// The offset of the buffer with the number `place`, counted from the first one handed over.
  long start(long place) {
    return place % slots * BUFFER_BYTES;
  }

  /// Capture thread: the number of the buffer to fill. The writing thread may still own it: see
  /// [#isFull].
  long filling() {
    return tail;
  }

  /// Whether no buffer is free. Either thread.
  boolean isFull() {
    // Acquire: the writing thread has read a buffer before this one overwrites it.
    return (long) TAIL.getOpaque(this) - (long) HEAD.getAcquire(this) >= slots;
  }

  /// Capture thread: waits for a free buffer.
  ///
  /// @return false if there is none and none will be returned, see [#end]
  synchronized boolean awaitRoom() {
    boolean isInterrupted = false;
    while (isFull() && !hasEnded) {
      try {
        wait();
      } catch (InterruptedException _) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return !isFull();
  }

  /// Reports that the capture thread need not wait any more. Any thread.
  synchronized void end() {
    hasEnded = true;
    notifyAll();
  }

  /// Capture thread: hands over the buffer that it was filling.
  void handOver(int length, int count) {
    int slot = (int) (tail % slots);
    lengths[slot] = length;
    counts[slot] = count;
    // Release: the records are stored before the writing thread can see that there are some.
    TAIL.setRelease(this, tail + 1);
  }

  /// Capture thread: reports that no record with an earlier stamp will be handed over.
  void completeUntil(long epochNanos) {
    completeUntil = epochNanos;
  }

  /// Writing thread: the time reported last. Must be read before [#handedOver].
  long completeUntil() {
    return completeUntil;
  }

  /// Writing thread: the number of buffers handed over so far. Acquire: their content is visible.
  long handedOver() {
    return (long) TAIL.getAcquire(this);
  }

  /// Writing thread: the number of buffers returned so far, which is the number of the oldest
  /// buffer still in use.
  long givenBack() {
    return head;
  }

  /// Writing thread: bytes in the buffer with this number.
  int length(long place) {
    return lengths[(int) (place % slots)];
  }

  /// Writing thread: packets in the buffer with this number.
  int count(long place) {
    return counts[(int) (place % slots)];
  }

  /// Packets in the buffers returned so far. Any thread.
  long packetsGivenBack() {
    return (long) GIVEN_BACK.getOpaque(this);
  }

  /// Writing thread: returns the oldest buffer.
  synchronized void giveBack() {
    GIVEN_BACK.setOpaque(this, packetsGivenBack + count(head));
    // Release: the buffer was read before it is overwritten.
    HEAD.setRelease(this, head + 1);
    notifyAll();
  }

  @Override
  public void close() {
    mapping.close();
  }
}
