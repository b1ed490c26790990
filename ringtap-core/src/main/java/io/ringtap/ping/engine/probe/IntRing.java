package io.ringtap.ping.engine.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A queue of `int`s from one thread to one other, without a lock. It allocates only while it grows
/// to the most that it has held at a time.
final class IntRing {
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(IntRing.class, "head", long.class);
      TAIL = lookup.findVarHandle(IntRing.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// An array that takes the values from a position on, until a larger one does.
  private static final class Store {
    final int[] values;
    final long begin;
    @Nullable Store larger; // stored before the first value in it is shown

    Store(int size, long begin) {
      values = new int[size];
      this.begin = begin;
    }
  }

  private static final int FIRST_SIZE = 1024;

  private final int capacity;
  private Store filling; // the producer's
  private Store emptying; // the consumer's
  private long head; // written by the consumer
  private long tail; // written by the producer

  // What either knew last of the other's word: it is asked again only when that no longer suffices,
  // so that the two threads do not fight over a cache line for each value.
  private long knownHead; // the producer's
  private long knownTail; // the consumer's

  /// A ring for at least `capacity` values, which takes memory as it needs it.
  IntRing(int capacity) {
    this(FIRST_SIZE, capacity);
  }

  /// @param first values that there is memory for at first, a power of two
  IntRing(int first, int capacity) {
    this.capacity = Integer.highestOneBit(Math.max(capacity, 2) - 1) << 1;
    filling = new Store(Math.min(first, this.capacity), 0);
    emptying = filling;
  }

  /// Producer: appends a value.
  ///
  /// @throws IllegalStateException if the ring is full, which its owner's accounting rules out
  void add(int value) {
    long position = tail;
    Store store = filling;
    if (isFull(store, position)) {
      knownHead = (long) HEAD.getAcquire(this);
      if (position - knownHead >= capacity) {
        throw new IllegalStateException("the ring is full");
      }
      if (isFull(store, position)) {
        store = grow(position);
      }
    }
    store.values[(int) position & (store.values.length - 1)] = value;
    // Release: the value is stored before the consumer can see that there is one.
    TAIL.setRelease(this, position + 1);
  }

  private boolean isFull(Store store, long position) {
    return position - knownHead >= capacity
        || position - Math.max(knownHead, store.begin) >= store.values.length;
  }

  private Store grow(long position) {
    Store larger = new Store(Math.min(2 * filling.values.length, capacity), position);
    filling.larger = larger;
    filling = larger;
    return larger;
  }

  /// Values to take, as far as the calling thread of the two can see.
  int size() {
    return (int) ((long) TAIL.getAcquire(this) - (long) HEAD.getAcquire(this));
  }

  /// Consumer: whether there is nothing to take.
  boolean isEmpty() {
    if (head >= knownTail) {
      knownTail = (long) TAIL.getAcquire(this);
    }
    return head >= knownTail;
  }

  /// Consumer: takes the oldest value of a ring that is not empty.
  int take() {
    long position = head;
    Store store = emptying;
    if (store.larger != null && position >= store.larger.begin) {
      store = store.larger;
      emptying = store;
    }
    int value = store.values[(int) position & (store.values.length - 1)];
    // Release: the value is read before the producer may overwrite it.
    HEAD.setRelease(this, position + 1);
    return value;
  }
}
