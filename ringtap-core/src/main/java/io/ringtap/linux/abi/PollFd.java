package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct pollfd` (`poll.h`), as an array: accessors take the element's index.
@CHeader(value = "poll.h", type = "struct pollfd")
public final class PollFd {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));
  public static final int POLLIN = 1;
  public static final int POLLOUT = 4;
  public static final int POLLERR = 8;
  public static final int POLLHUP = 16;
  private static final long BYTES = LAYOUT.byteSize();
  private static final long FD = Offsets.of(LAYOUT, "fd");
  private static final long EVENTS = Offsets.of(LAYOUT, "events");
  private static final long REVENTS = Offsets.of(LAYOUT, "revents");

  private PollFd() {}

  /// Watches `fd` for `events`; a negative `fd` leaves the element unused.
  public static void set(MemorySegment array, int index, int fd, int events) {
    array.set(JAVA_INT, index * BYTES + FD, fd);
    array.set(JAVA_SHORT, index * BYTES + EVENTS, (short) events);
    array.set(JAVA_SHORT, index * BYTES + REVENTS, (short) 0);
  }

  /// The events that the kernel reported.
  public static int revents(MemorySegment array, int index) {
    return array.get(JAVA_SHORT, index * BYTES + REVENTS);
  }
}
