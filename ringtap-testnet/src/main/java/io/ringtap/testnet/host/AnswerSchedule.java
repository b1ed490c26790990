package io.ringtap.testnet.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A queue of delayed packets, the earliest first; packets with the same time stay in the order of
/// arrival. Memory grows with the largest number of waiting packets and is reused. For one thread.
final class AnswerSchedule {
  private static final int[] SLOT_BYTES = {128, 2048, EchoPacket.CAPACITY};
  private static final int CHUNK_BYTES = 512 * 1024;
  private static final int INITIAL_CAPACITY = 1024;

  private final Arena arena;

  // All slots of all sizes, and for each size a stack of the free ones.
  private MemorySegment[] slots = new MemorySegment[0];
  private final int[][] free = new int[SLOT_BYTES.length][0];
  private final int[] freeCount = new int[SLOT_BYTES.length];

  // A binary heap, stored by column.
  private long[] dueNanos = new long[INITIAL_CAPACITY];
  private long[] order = new long[INITIAL_CAPACITY];
  private int[] slot = new int[INITIAL_CAPACITY];
  private int[] length = new int[INITIAL_CAPACITY];
  private int size;
  private long added;

  /// @param arena how long packets are kept
  AnswerSchedule(Arena arena) {
    this.arena = arena;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// When the first packet is due, on the clock of [System#nanoTime]. The schedule must not be
  /// empty.
  long firstDueNanos() {
    return dueNanos[0];
  }

  /// The first packet, of [#firstLength] bytes; valid until [#removeFirst].
  MemorySegment first() {
    return slots[slot[0]];
  }

  int firstLength() {
    return length[0];
  }

  /// Adds a copy of the first `bytes` of `packet`.
  void add(long due, MemorySegment packet, int bytes) {
    int taken = takeSlot(bytes);
    MemorySegment.copy(packet, 0, slots[taken], 0, bytes);
    if (size == dueNanos.length) {
      growHeap();
    }
    int at = size++;
    set(at, due, added++, taken, bytes);
    while (at > 0 && isBefore(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  void removeFirst() {
    giveSlot(slot[0]);
    size--;
    set(0, dueNanos[size], order[size], slot[size], length[size]);
    int at = 0;
    int child = earlierChild(at);
    while (child < size && isBefore(child, at)) {
      swap(at, child);
      at = child;
      child = earlierChild(at);
    }
  }

  private int earlierChild(int at) {
    int left = 2 * at + 1;
    return left + 1 < size && isBefore(left + 1, left) ? left + 1 : left;
  }

  /// Times are compared by their difference, as required for [System#nanoTime].
  private boolean isBefore(int a, int b) {
    long difference = dueNanos[a] - dueNanos[b];
    return difference < 0 || (difference == 0 && order[a] < order[b]);
  }

  private void set(int at, long due, long number, int packet, int bytes) {
    dueNanos[at] = due;
    order[at] = number;
    slot[at] = packet;
    length[at] = bytes;
  }

  private void swap(int a, int b) {
    long due = dueNanos[a];
    long number = order[a];
    int packet = slot[a];
    int bytes = length[a];
    set(a, dueNanos[b], order[b], slot[b], length[b]);
    set(b, due, number, packet, bytes);
  }

  private void growHeap() {
    dueNanos = Arrays.copyOf(dueNanos, size * 2);
    order = Arrays.copyOf(order, size * 2);
    slot = Arrays.copyOf(slot, size * 2);
    length = Arrays.copyOf(length, size * 2);
  }

  private int takeSlot(int bytes) {
    int kind = kind(bytes);
    if (freeCount[kind] == 0) {
      growSlots(kind);
    }
    return free[kind][--freeCount[kind]];
  }

  private void giveSlot(int taken) {
    int kind = kind(slots[taken].byteSize());
    free[kind][freeCount[kind]++] = taken;
  }

  /// The size class of a slot for `bytes`.
  private static int kind(long bytes) {
    int kind = 0;
    while (bytes > SLOT_BYTES[kind]) {
      kind++;
    }
    return kind;
  }

  private void growSlots(int kind) {
    int bytes = SLOT_BYTES[kind];
    int more = Math.max(1, CHUNK_BYTES / bytes);
    int old = slots.length;
    MemorySegment chunk = arena.allocate((long) more * bytes, Long.BYTES);
    slots = Arrays.copyOf(slots, old + more);
    // All slots of a size class may be free at once.
    free[kind] = Arrays.copyOf(free[kind], free[kind].length + more);
    for (int i = 0; i < more; i++) {
      slots[old + i] = chunk.asSlice((long) i * bytes, bytes);
      free[kind][freeCount[kind]++] = old + i;
    }
  }
}
