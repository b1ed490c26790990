package io.ringtap.filter.graph;

/// The conditional jumps that a program has so far, each with its place. One that compares the same
/// and goes to the same places takes the place of an earlier one.
final class WrittenJumps {
  private static final int FIELDS = 5;

  /// A slot has the opcode, the constant, the two places gone to, and one more than the place where
  /// the jump is; 0 there in a free slot. Numbers rather than objects, for a test is but a number
  /// of nanoseconds' work.
  private final int[] slots;

  private final int mask;

  /// @param most how many jumps there will be at most
  WrittenJumps(int most) {
    int capacity = Integer.highestOneBit(most) * 4;
    mask = capacity - 1;
    slots = new int[capacity * FIELDS];
  }

  /// The slot of a jump, or a free one for it.
  int slotOf(int code, int k, int ifTrue, int ifFalse) {
    int hash = (((k * 31 + ifTrue) * 31 + ifFalse) * 31 + code) * 0x9E37_79B9;
    hash ^= hash >>> 16;
    for (int i = hash & mask; ; i = i + 1 & mask) {
      int slot = i * FIELDS;
      if (!isWritten(slot)
          || (slots[slot] == code
              && slots[slot + 1] == k
              && slots[slot + 2] == ifTrue
              && slots[slot + 3] == ifFalse)) {
        return slot;
      }
    }
  }

  boolean isWritten(int slot) {
    return slots[slot + 4] != 0;
  }

  int place(int slot) {
    return slots[slot + 4] - 1;
  }

  void write(int slot, int code, int k, int ifTrue, int ifFalse, int place) {
    slots[slot] = code;
    slots[slot + 1] = k;
    slots[slot + 2] = ifTrue;
    slots[slot + 3] = ifFalse;
    slots[slot + 4] = place + 1;
  }
}
