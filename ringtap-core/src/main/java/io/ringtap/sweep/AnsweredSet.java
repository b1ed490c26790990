package io.ringtap.sweep;

import io.ringtap.sweep.SweepAnswer.Novelty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/// Which targets have answered which of their probes, in memory of a fixed size.
///
/// If a bit for each probe of each target fits, it is exact. Otherwise it is a table of the targets
/// that answered last, four places to a bucket; what falls out of it is counted. It never takes a
/// first answer for a second one, so no target is lost.
///
/// The receiving thread marks; the sending thread may ask, and sees a mark at the latest when it
/// reads from [Sweep#shownUntilNanos] that the answer has been shown.
final class AnsweredSet {
  private static final int WAYS = 4;
  private static final long ENTRY_BYTES = Long.BYTES;
  private static final long BUCKET_BYTES = WAYS * ENTRY_BYTES;
  private static final int ATTEMPT_BITS = SweepOptions.MAX_ATTEMPTS;
  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final VarHandle ENTRY = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;
  private final int bitsShift; // of the bits of a target: 0 to 4
  private final boolean isExact;
  private final long buckets;
  private final AtomicLong forgotten = new AtomicLong(); // the receiving thread adds

  /// @param span indexes are below it; at most [SweepTargets#MAX_SPAN], so that one and the
  ///   attempts fit into an entry
  /// @param attempts the most probes to a target
  /// @param mostBytes of memory
  AnsweredSet(long span, int attempts, long mostBytes, Arena arena) {
    bitsShift = 32 - Integer.numberOfLeadingZeros(attempts - 1);
    long bytes = (span >>> (3 - Math.min(3, bitsShift)) << Math.max(0, bitsShift - 3)) + 2;
    isExact = bytes <= mostBytes;
    buckets = isExact ? 0 : Long.highestOneBit(mostBytes / BUCKET_BYTES);
    memory = arena.allocate(isExact ? bytes : buckets * BUCKET_BYTES, BUCKET_BYTES);
  }

  /// Whether every duplicate is recognized.
  boolean isExact() {
    return isExact;
  }

  /// Targets that have fallen out of the table. Any thread may ask.
  long forgotten() {
    return forgotten.getAcquire();
  }

  /// Notes an answer.
  ///
  /// @return what is known of earlier ones
  Novelty mark(long index, int attempt) {
    return isExact ? markBit(index, attempt) : markEntry(index, attempt);
  }

  /// Whether the target has answered any probe, as far as is known.
  boolean contains(long index) {
    return isExact ? hasBits(index) : hasEntry(index);
  }

  private Novelty markBit(long index, int attempt) {
    boolean isKnown = hasBits(index);
    long bit = (index << bitsShift) + attempt;
    byte old = (byte) BYTE.getOpaque(memory, bit >>> 3);
    int mask = 1 << (bit & 7);
    if ((old & mask) != 0) {
      return Novelty.DUPLICATE;
    }
    BYTE.setOpaque(memory, bit >>> 3, (byte) (old | mask));
    return isKnown ? Novelty.REPEAT : Novelty.FIRST;
  }

  private boolean hasBits(long index) {
    long bit = index << bitsShift;
    byte first = (byte) BYTE.getOpaque(memory, bit >>> 3);
    if (bitsShift <= 3) {
      return ((first >>> (bit & 7)) & ((1 << (1 << bitsShift)) - 1)) != 0;
    }
    return first != 0 || (byte) BYTE.getOpaque(memory, (bit >>> 3) + 1) != 0;
  }

  private long bucket(long index) {
    long mixed = index * 0x9E37_79B9_7F4A_7C15L;
    return ((mixed ^ (mixed >>> 32)) & (buckets - 1)) * BUCKET_BYTES;
  }

  private static long entry(MemorySegment table, long offset) {
    return (long) ENTRY.getOpaque(table, offset);
  }

  private boolean hasEntry(long index) {
    long bucket = bucket(index);
    for (int i = 0; i < WAYS; i++) {
      if (entry(memory, bucket + i * ENTRY_BYTES) >>> ATTEMPT_BITS == index + 1) {
        return true;
      }
    }
    return false;
  }

  private Novelty markEntry(long index, int attempt) {
    long bucket = bucket(index);
    long key = index + 1; // an empty place is 0
    int way = 0;
    long found = 0;
    while (way < WAYS) {
      found = entry(memory, bucket + way * ENTRY_BYTES);
      if (found >>> ATTEMPT_BITS == key || way == WAYS - 1) {
        break;
      }
      way++;
    }
    boolean isKnown = found >>> ATTEMPT_BITS == key;
    if (!isKnown && found != 0) {
      forgotten.setRelease(forgotten.getPlain() + 1);
    }
    for (int i = way; i > 0; i--) { // the latest is first
      ENTRY.setOpaque(
          memory, bucket + i * ENTRY_BYTES, entry(memory, bucket + (i - 1) * ENTRY_BYTES));
    }
    long bit = 1L << attempt;
    long attempts = isKnown ? found & ((1L << ATTEMPT_BITS) - 1) : 0;
    ENTRY.setOpaque(memory, bucket, key << ATTEMPT_BITS | attempts | bit);
    if (!isKnown) {
      return Novelty.FIRST;
    }
    return (attempts & bit) != 0 ? Novelty.DUPLICATE : Novelty.REPEAT;
  }
}
