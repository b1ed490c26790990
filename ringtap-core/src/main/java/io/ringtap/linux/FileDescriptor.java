package io.ringtap.linux;

import java.util.concurrent.atomic.AtomicInteger;

/// The owner of one open file descriptor. Closing is idempotent; the number of a closed one cannot
/// be had, so a late call fails here and never reaches a descriptor that the kernel has since given
/// to another.
///
/// Whoever shares the descriptor between threads sees to it that no call is under way when it is
/// closed.
public final class FileDescriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  private final AtomicInteger number;

  /// Takes ownership of `number`, the non-negative result of an opening call.
  public FileDescriptor(int number) {
    this.number = new AtomicInteger(number);
  }

  /// The descriptor, for a system call.
  ///
  /// @throws IllegalStateException if it has been closed
  public int number() {
    int value = number.get();
    if (value == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return value;
  }

  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  @Override
  public void close() {
    int value = number.getAndSet(CLOSED);
    if (value != CLOSED) {
      // The descriptor is gone whatever close(2) returns: Linux frees it before it can fail.
      int _ = Libc.close(CallState.current(), value);
    }
  }

  @Override
  public String toString() {
    int value = number.get();
    return value == CLOSED ? "fd closed" : "fd " + value;
  }
}
