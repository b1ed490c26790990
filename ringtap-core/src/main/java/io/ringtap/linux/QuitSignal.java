package io.ringtap.linux;

import io.ringtap.linux.abi.EventFdFlags;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.Sigaction;
import io.ringtap.linux.abi.Signals;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// SIGQUIT, as something that a thread can wait for.
///
/// The JVM answers SIGQUIT with a dump of its threads. It offers no other use of it:
/// `sun.misc.Signal` refuses the signal, `-Xrs` would take SIGINT, SIGTERM and SIGHUP away with it,
/// and `signalfd(2)` needs it blocked in all threads, but one of the JVM's own unblocks it.
///
/// So the handler is replaced. It cannot be Java, because it interrupts threads of the JVM wherever
/// they are. But a function of the C library will do as it is: the kernel calls a handler with the
/// number 3 of SIGQUIT and a pointer, and `eventfd_write(3)` takes a descriptor and a number to
/// add. It writes to the event counter at descriptor 3, which a thread polls. All that it calls is
/// `write(2)`, which is safe in a handler (`signal-safety(7)`).
///
/// Descriptor 3 must be free for this, and is usually a file of the JVM, which opens several before
/// any code runs. Whoever starts the JVM reserves it by opening it on `/dev/null`. After that the
/// process answers no `jcmd` or `jstack`, which ask for it by SIGQUIT.
public final class QuitSignal {
  private static final int DESCRIPTOR = Signals.SIGQUIT; // the number that the handler is given
  private static final Path RESERVED = Path.of("/proc/self/fd/" + DESCRIPTOR);
  private static final Path RESERVATION = Path.of("/dev/null");

  private final MemorySegment poll = Arena.ofAuto().allocate(PollFd.LAYOUT);
  private final MemorySegment count = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);

  private QuitSignal() {}

  /// From now on SIGQUIT is waited for and does nothing else, until the process ends.
  ///
  /// @return null if descriptor 3 is not reserved, or the kernel refuses: SIGQUIT is then what it
  ///   was
  public static @Nullable QuitSignal take() {
    if (!isReserved()) {
      return null;
    }
    MemorySegment state = CallState.current();
    int counter = Libc.eventfd(state, 0, EventFdFlags.EFD_CLOEXEC | EventFdFlags.EFD_NONBLOCK);
    if (counter < 0) {
      return null;
    }
    int result = Libc.dup3(state, counter, DESCRIPTOR, Fcntl.O_CLOEXEC);
    int _ = Libc.close(state, counter);
    return result >= 0 && handle(state) >= 0 ? new QuitSignal() : null;
  }

  private static boolean isReserved() {
    try {
      return Files.readSymbolicLink(RESERVED).equals(RESERVATION);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // it is closed, or there is no /proc
    }
  }

  private static int handle(MemorySegment state) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(Sigaction.LAYOUT);
      MemorySegment handler = Downcall.function("eventfd_write");
      Sigaction.set(action, handler, Sigaction.SA_SIGINFO | Sigaction.SA_RESTART);
      return Libc.sigaction(state, Signals.SIGQUIT, action);
    }
  }

  /// Waits for the next SIGQUIT, or for one that has come since the last call, or for [#wake].
  /// Several that came together count as one. One thread at a time.
  public void await() {
    MemorySegment state = CallState.current();
    PollFd.set(poll, 0, DESCRIPTOR, PollFd.POLLIN);
    int _ = Retry.whileInterrupted(() -> Libc.poll(state, poll, 1, -1));
    long _ = Libc.read(state, DESCRIPTOR, count, Long.BYTES);
  }

  /// Wakes the thread that waits. Any thread may call it.
  public void wake() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
      long _ = Libc.write(CallState.current(), DESCRIPTOR, one, Long.BYTES);
    }
  }
}
