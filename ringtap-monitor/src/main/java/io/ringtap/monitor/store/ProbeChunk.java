package io.ringtap.monitor.store;

import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.store.series.ProbeRows;
import io.ringtap.monitor.window.Outcome;

/// Some outcomes on their way from the collector to the store's thread, packed. The collector fills
/// it, hands it over, and gets it back empty.
final class ProbeChunk {
  /// How many it has room for.
  static final int ROOM = 8192;

  private static final int WORDS = 4;
  private static final int OUTCOME_SHIFT = 32;
  private static final int HOP_LIMIT_SHIFT = 40;
  private static final int TYPE_SHIFT = 48; // one more than the type, so that 0 is none
  private static final int CODE_SHIFT = 56;
  private static final int ERRNO_SHIFT = 48; // over the sequence
  private static final int BYTE = 0xFF;

  private final long[] words = new long[ROOM * WORDS];
  private int count;

  ProbeChunk() {}

  /// How many are in it.
  int count() {
    return count;
  }

  void clear() {
    count = 0;
  }

  /// Takes in one. Allocates nothing.
  void add(ProbeView probe) {
    int at = count++ * WORDS;
    words[at] =
        probe.target().id()
            | (long) probe.outcome().index() << OUTCOME_SHIFT
            | (long) (probe.hopLimit() & BYTE) << HOP_LIMIT_SHIFT
            | (long) ((probe.icmpType() + 1) & BYTE) << TYPE_SHIFT
            | (long) (probe.icmpCode() & BYTE) << CODE_SHIFT;
    words[at + 1] = probe.epochNanos();
    words[at + 2] = probe.rttNanos();
    words[at + 3] = probe.sequence() | (long) probe.errno() << ERRNO_SHIFT;
  }

  /// Whose the one at an index is.
  int id(int index) {
    return (int) words[index * WORDS];
  }

  /// All else of it.
  void read(int index, ProbeRows.Fields into) {
    int at = index * WORDS;
    long packed = words[at];
    into.outcome = Outcome.of((int) (packed >>> OUTCOME_SHIFT) & BYTE);
    into.hopLimit = (int) (packed >>> HOP_LIMIT_SHIFT) & BYTE;
    into.icmpType = ((int) (packed >>> TYPE_SHIFT) & BYTE) - 1;
    into.icmpCode = (int) (packed >>> CODE_SHIFT) & BYTE;
    into.epochNanos = words[at + 1];
    into.rttNanos = words[at + 2];
    into.sequence = words[at + 3] & (1L << ERRNO_SHIFT) - 1;
    into.errno = (int) (words[at + 3] >>> ERRNO_SHIFT);
  }
}
