package io.ringtap.socket;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The descriptors on which a thread sleeps. One thread owns it.
public final class PollSet {
  private static final int MOST = 8;

  private final MemorySegment callState;
  private final MemorySegment descriptors;
  private final MemorySegment timeout;
  private int count;

  public PollSet(Arena arena) {
    callState = CallState.allocate(arena);
    descriptors = arena.allocate(PollFd.LAYOUT, MOST);
    timeout = arena.allocate(Timespec.LAYOUT);
  }

  /// Forgets all descriptors.
  public PollSet clear() {
    count = 0;
    return this;
  }

  /// Adds a descriptor that wakes the thread when it can be read.
  public PollSet add(int descriptor) {
    return add(descriptor, PollFd.POLLIN);
  }

  /// Adds a descriptor and the events by which it wakes the thread.
  public PollSet add(int descriptor, int events) {
    PollFd.set(descriptors, count++, descriptor, events);
    return this;
  }

  /// Sleeps until a descriptor is ready or the time is over; a signal may end it early.
  ///
  /// @param nanos how long at the most; `Long.MAX_VALUE` for as long as it takes
  public void sleep(long nanos) {
    MemorySegment longest = MemorySegment.NULL;
    if (nanos != Long.MAX_VALUE) {
      Timespec.nanos(timeout, 0, Math.max(0, nanos));
      longest = timeout;
    }
    int _ = Libc.ppoll(callState, descriptors, count, longest, MemorySegment.NULL);
  }

  /// Whether any descriptor is ready.
  public boolean isAnyReady() {
    for (int i = 0; i < count; i++) {
      if (isReady(i)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the descriptor that was added first is ready.
  public boolean isFirstReady() {
    return PollFd.revents(descriptors, 0) != 0;
  }

  /// Whether a descriptor is ready, by the order in which they were added.
  public boolean isReady(int index) {
    return PollFd.revents(descriptors, index) != 0;
  }
}
