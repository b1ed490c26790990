package io.ringtap.cli.terminal;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import io.ringtap.linux.abi.Termios;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The keys of the terminal that standard input may be, each as it is pressed and without its being
/// shown. Keys that end or stop a program, such as Ctrl-C, still do.
///
/// While the process is in the background, its terminal is left alone.
public final class Keyboard implements AutoCloseable {
  private static final int STANDARD_INPUT = 0;

  /// A read does not wait: one that waits while the process is stopped would go on in the mode that
  /// the shell leaves behind, and wait for a whole line.
  private static final int READ_DECISECONDS = 0;

  private static final long PAUSE_MILLIS = 50; // between reads
  private static final long IGNORE = 1; // SIG_IGN

  private final IntConsumer onKey;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment found; // how the terminal was
  private final MemorySegment current = arena.allocate(Termios.LAYOUT);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Keyboard(IntConsumer onKey) {
    this.onKey = onKey;
    found = arena.allocate(Termios.LAYOUT);
    int _ = get(found);
    // Who reads or changes a terminal in the background is stopped, unless these are ignored.
    long _ = Libc.signal(CallState.current(), Signals.SIGTTIN, IGNORE);
    long _ = Libc.signal(CallState.current(), Signals.SIGTTOU, IGNORE);
    thread = Thread.ofPlatform().daemon().name("ringtap-keys").start(this::run);
  }

  /// Begins to read keys.
  ///
  /// @param onKey called with the byte of each key, on a thread of its own
  /// @return null if standard input is not a terminal
  public static @Nullable Keyboard open(IntConsumer onKey) {
    return Libc.isatty(CallState.current(), STANDARD_INPUT) == 1 ? new Keyboard(onKey) : null;
  }

  private static int get(MemorySegment mode) {
    return Libc.ioctl(CallState.current(), STANDARD_INPUT, Termios.TCGETS, mode);
  }

  private static void set(MemorySegment mode) {
    int _ = Libc.ioctl(CallState.current(), STANDARD_INPUT, Termios.TCSETSW, mode);
  }

  private void run() {
    try {
      do {
        if (Terminal.isForeground()) {
          read();
        }
      } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Terminal.isForeground()) {
      set(found);
    }
  }

  /// Takes what has been pressed. A shell gives the terminal back with lines when it brings a
  /// program to the foreground again, so that is looked at each time.
  private void read() {
    if (get(current) >= 0 && Termios.isCanonical(current)) {
      Termios.readKeys(current, READ_DECISECONDS);
      set(current);
    }
    try {
      for (int key = System.in.read(); key >= 0; key = System.in.read()) {
        onKey.accept(key);
        if (closed.getCount() == 0) {
          return;
        }
      }
    } catch (IOException _) {
      // It went to the background meanwhile.
    }
  }

  /// Leaves the terminal as it was found.
  @Override
  public void close() {
    closed.countDown();
    boolean wasInterrupted = false;
    while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
