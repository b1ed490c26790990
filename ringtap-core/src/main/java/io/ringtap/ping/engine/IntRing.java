package io.ringtap.ping.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A queue of `int`s from one thread to one other, without a lock or an allocation.
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

  private final int[] values;
  private final int mask;
  private long head; // written by the consumer
  private long tail; // written by the producer

  // What either knew last of the other's word: it is asked again only when that no longer suffices,
  // so that the two threads do not fight over a cache line for each value.
  private long knownHead; // the producer's
  private long knownTail; // the consumer's

  /// A ring for at least `capacity` values.
  IntRing(int capacity) {
    int size = Integer.highestOneBit(Math.max(capacity, 2) - 1) << 1;
    values = new int[size];
    mask = size - 1;
  }

  /// Producer: appends a value.
  ///
  /// @throws IllegalStateException if the ring is full, which its owner's accounting rules out
  void add(int value) {
    long position = tail;
    if (position - knownHead > mask) {
      knownHead = (long) HEAD.getAcquire(this);
      if (position - knownHead > mask) {
        throw new IllegalStateException("the ring is full");
      }
    }
    values[(int) position & mask] = value;
    // Release: the value is stored before the consumer can see that there is one.
    TAIL.setRelease(this, position + 1);
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
    int value = values[(int) position & mask];
    // Release: the value is read before the producer may overwrite it.
    HEAD.setRelease(this, position + 1);
    return value;
  }
}
