package io.ringtap.lab.profile;

import io.ringtap.linux.abi.perf.PerfEventHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The records of an event, one after the other, out of the ring in which they may lie in two
/// pieces. Not thread-safe.
final class RecordBuffer {
  private static final int FIRST_WORDS = 1 << 16;
  private static final int MOST_WORDS = 1 << 23; // a minute of long chains

  /// More than a record with the longest chain that the kernel follows, 127 functions.
  private static final int MOST_RECORD_BYTES = 2048;

  /// Takes records.
  @FunctionalInterface
  interface Handler {
    /// Takes one record.
    ///
    /// @param records memory that holds the record among others
    /// @param at where the record begins
    void onRecord(MemorySegment records, long at);
  }

  private long[] words = new long[FIRST_WORDS]; // the accessors ask for memory on multiples of 8
  private long bytes;
  private long droppedBytes;

  /// Copies a piece of the ring, which need not end with a record.
  void append(MemorySegment ring, long from, long count) {
    long needed = (bytes + count + Long.BYTES - 1) / Long.BYTES;
    if (droppedBytes > 0 || needed > MOST_WORDS) {
      droppedBytes += count; // what follows a gap could not be told apart
      return;
    }
    if (needed > words.length) {
      words = Arrays.copyOf(words, (int) Math.min(MOST_WORDS, Math.max(needed, 2L * words.length)));
    }
    MemorySegment.copy(ring, from, MemorySegment.ofArray(words), bytes, count);
    bytes += count;
  }

  /// How many records found no room here, at the least.
  long dropped() {
    return (droppedBytes + MOST_RECORD_BYTES - 1) / MOST_RECORD_BYTES;
  }

  /// Shows all whole records in their order.
  void forEach(Handler handler) {
    MemorySegment records = MemorySegment.ofArray(words).asSlice(0, bytes);
    long at = 0;
    while (at + PerfEventHeader.LAYOUT.byteSize() <= bytes) {
      int length = PerfEventHeader.bytes(records, at);
      if (length < PerfEventHeader.LAYOUT.byteSize() || at + length > bytes) {
        return;
      }
      handler.onRecord(records, at);
      at += length;
    }
  }
}
