package io.ringtap.linux;

import java.util.concurrent.atomic.AtomicInteger;

/// The owner of one open file descriptor. Closing is idempotent; the number of a closed one is not
/// available, so a late call fails here and never reaches a descriptor that the kernel has reused
/// since.
///
/// If several threads share the descriptor, the caller must make sure that no call is in progress
/// when it is closed.
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
      // Whatever close(2) returns, the descriptor is gone: Linux frees it before anything can fail.
      int _ = Libc.close(CallState.current(), value);
    }
  }

  @Override
  public String toString() {
    int value = number.get();
    return value == CLOSED ? "fd closed" : "fd " + value;
  }
}
