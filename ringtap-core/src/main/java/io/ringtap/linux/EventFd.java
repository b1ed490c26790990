package io.ringtap.linux;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.EventFdFlags;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A counter that wakes a thread which polls it (`eventfd(2)`). Any thread may signal it; one
/// thread drains it.
public final class EventFd implements WakeUp, AutoCloseable {
  private final FileDescriptor descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
  private final MemorySegment drained = arena.allocate(ValueLayout.JAVA_LONG);

  private EventFd(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /// Opens a counter whose value is zero.
  ///
  /// @throws LinuxException if the process is out of descriptors
  public static EventFd open() throws LinuxException {
    int fd =
        Libc.eventfd(CallState.current(), 0, EventFdFlags.EFD_CLOEXEC | EventFdFlags.EFD_NONBLOCK);
    return new EventFd(new FileDescriptor(LinuxException.check(fd, "eventfd", "wake-ups")));
  }

  @Override
  public int number() {
    return descriptor.number();
  }

  /// Makes the descriptor readable; does nothing if it is closed. After a thread's first call, this
  /// allocates nothing.
  @Override
  public synchronized void signal() {
    if (!descriptor.isOpen()) {
      return;
    }
    // The only failure is a full counter, and then the descriptor is readable already.
    long _ = Libc.write(CallState.current(), descriptor.number(), one, Long.BYTES);
  }

  @Override
  public void drain() {
    long _ = Libc.read(CallState.current(), descriptor.number(), drained, Long.BYTES);
  }

  /// Closes the descriptor. No thread may be polling it; other threads may still call [#signal].
  @Override
  public synchronized void close() {
    descriptor.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
