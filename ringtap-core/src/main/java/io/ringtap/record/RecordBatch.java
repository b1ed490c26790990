package io.ringtap.record;

import io.ringtap.savefile.SavefileEncoder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The records of one buffer in the order of their stamps, and how far they are written. Batches
/// are compared by their next record.
final class RecordBatch implements Comparable<RecordBatch> {
  private static final int OFFSET_BITS = 20; // enough for any offset in a buffer
  private static final long OFFSET = (1L << OFFSET_BITS) - 1;
  private static final long MAX_DISTANCE = Long.MAX_VALUE >> OFFSET_BITS; // nanoseconds: 2.4 hours

  private final RecordQueue queue;
  private final int queueNumber;
  private final SavefileEncoder encoder;
  private final MemorySegment memory;
  private long[] keys = {}; // nanoseconds after the oldest, and the offset in the buffer
  private long place;
  private long start; // of the buffer
  private int count;
  private int next;
  private long nanos; // of the next

  RecordBatch(RecordQueue queue, int queueNumber, SavefileEncoder encoder) {
    this.queue = queue;
    this.queueNumber = queueNumber;
    this.encoder = encoder;
    memory = queue.memory();
  }

  /// Loads the buffer at this position.
  void take(long newPlace) {
    place = newPlace;
    start = queue.start(place);
    count = queue.count(place);
    next = 0;
    if (keys.length < count) {
      keys = new long[Math.max(count, keys.length * 2)];
    }
    long oldest = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < count; i++) {
      oldest = Math.min(oldest, encoder.recordNanos(memory, start + offset));
      keys[i] = offset;
      offset += encoder.recordLength(memory, start + offset);
    }
    for (int i = 0; i < count; i++) {
      long distance = encoder.recordNanos(memory, start + keys[i]) - oldest;
      keys[i] |= Math.min(distance, MAX_DISTANCE) << OFFSET_BITS;
    }
    Arrays.sort(keys, 0, count); // fast if they are already in order, as most are
    readNanos();
  }

  private void readNanos() {
    nanos = next < count ? encoder.recordNanos(memory, offset()) : Long.MAX_VALUE;
  }

  boolean hasMore() {
    return next < count;
  }

  void advance() {
    next++;
    readNanos();
  }

  /// The stamp of the next record.
  long nanos() {
    return nanos;
  }

  /// The stamp of the last record.
  long lastNanos() {
    return encoder.recordNanos(memory, start + (keys[count - 1] & OFFSET));
  }

  MemorySegment memory() {
    return memory;
  }

  /// The offset of the next record.
  long offset() {
    return start + (keys[next] & OFFSET);
  }

  /// The length of the next record in bytes.
  int length() {
    return encoder.recordLength(memory, offset());
  }

  int queueNumber() {
    return queueNumber;
  }

  @Override
  public int compareTo(RecordBatch other) {
    int byStamp = Long.compare(nanos, other.nanos);
    if (byStamp != 0) {
      return byStamp;
    }
    int byQueue = Integer.compare(queueNumber, other.queueNumber);
    return byQueue != 0 ? byQueue : Long.compare(place, other.place);
  }
}
