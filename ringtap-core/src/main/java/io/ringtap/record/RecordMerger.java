package io.ringtap.record;

import io.ringtap.savefile.SavefileEncoder;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.PriorityQueue;

/// Writes the records of all queues in the order of their stamps. Records with the same stamp stay
/// in the order of thread and arrival.
///
/// It writes a record once every thread has reported that no earlier stamp will follow. A thread
/// whose buffers are all full cannot report this; then its records are written out of order.
final class RecordMerger {
  private final List<RecordQueue> queues;
  private final SavefileOutput output;
  private final SavefileEncoder encoder;
  private final RecordBatch[][] buffers; // of each queue, by slot
  private final long[] taken; // of each queue, the position up to which buffers are pending
  private final PriorityQueue<RecordBatch> pending = new PriorityQueue<>();
  private final MemorySegment batch;
  private int used; // bytes of the batch
  private int count; // packets in it

  /// @param arena for the batch
  RecordMerger(List<RecordQueue> queues, SavefileOutput output, Arena arena) {
    this.queues = queues;
    this.output = output;
    encoder = output.encoder();
    batch = arena.allocate(RecordQueue.BUFFER_BYTES, Long.BYTES);
    taken = new long[queues.size()];
    buffers = new RecordBatch[queues.size()][];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = new RecordBatch[queues.get(i).slots()];
      for (int slot = 0; slot < buffers[i].length; slot++) {
        buffers[i][slot] = new RecordBatch(queues.get(i), i, encoder);
      }
    }
  }

  /// Writes the records that are ready.
  ///
  /// @param until no record with an earlier stamp will follow; must be determined before this call
  /// @return false if there was nothing to do
  boolean doWork(long until) throws IOException {
    boolean hasWorked = takeBuffers();
    hasWorked |= write(until);
    for (int i = 0; i < buffers.length; i++) {
      RecordQueue queue = queues.get(i);
      RecordBatch oldest = buffer(i, queue.givenBack());
      if (queue.isFull() && oldest.hasMore()) {
        hasWorked |= write(oldest.lastNanos() + 1);
      }
    }
    writeBatch();
    return hasWorked;
  }

  private RecordBatch buffer(int queue, long place) {
    return buffers[queue][(int) (place % buffers[queue].length)];
  }

  private boolean takeBuffers() {
    boolean hasTaken = false;
    for (int i = 0; i < taken.length; i++) {
      for (long end = queues.get(i).handedOver(); taken[i] < end; taken[i]++) {
        RecordBatch buffer = buffer(i, taken[i]);
        buffer.take(taken[i]);
        pending.add(buffer);
        hasTaken = true;
      }
    }
    return hasTaken;
  }

  private boolean write(long until) throws IOException {
    boolean hasWritten = false;
    for (RecordBatch next = pending.peek(); next != null; next = pending.peek()) {
      if (next.nanos() >= until && until != Long.MAX_VALUE) {
        return hasWritten;
      }
      RecordBatch first = pending.remove();
      RecordBatch second = pending.peek();
      do {
        append(first);
        first.advance();
      } while (first.hasMore()
          && (first.nanos() < until || until == Long.MAX_VALUE)
          && (second == null || first.compareTo(second) < 0));
      hasWritten = true;
      if (first.hasMore()) {
        pending.add(first);
      } else {
        giveBack(first.queueNumber());
      }
    }
    return hasWritten;
  }

  private void append(RecordBatch from) throws IOException {
    int length = from.length();
    if (length > batch.byteSize() - used) {
      writeBatch();
    }
    MemorySegment.copy(from.memory(), from.offset(), batch, used, length);
    used += length;
    count++;
  }

  private void writeBatch() throws IOException {
    if (count > 0) {
      boolean _ = output.write(batch, 0, used, count);
      used = 0;
      count = 0;
    }
  }

  /// Returns the oldest buffers of a queue, as far as they are written.
  private void giveBack(int number) {
    RecordQueue queue = queues.get(number);
    while (queue.givenBack() < taken[number] && !buffer(number, queue.givenBack()).hasMore()) {
      queue.giveBack();
    }
  }
}
