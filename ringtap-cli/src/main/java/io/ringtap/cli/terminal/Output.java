package io.ringtap.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Standard output behind a thread of its own, so that whoever prints results does not wait for the
/// reader.
///
/// What is written goes out at once while the writing thread is idle: line by line for a person or
/// a pipe that waits. While it is busy, lines gather and go out together: in blocks when there are
/// many. A few lines now and then, for which the sink has room, are written by the caller's thread,
/// which saves waking another for each. Each call of [#write] or [#line] is whole in the output,
/// also when several threads call. When the reader is so slow that [#CAPACITY] bytes wait, writers
/// wait too.
public final class Output extends OutputStream {
  static final int CAPACITY = 4 << 20;

  /// A sink that has room takes so many bytes without a wait: `PIPE_BUF` (`pipe(7)`).
  static final int ROOM = 4096;

  /// Whoever wrote a line himself leaves the lines of so long a time after it to the writing
  /// thread, for they may be many.
  private static final long PAUSE_NANOS = 2_000_000;

  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int MAX_BYTES_OF_CHAR = 3; // UTF-8 of one UTF-16 unit

  private final OutputStream sink;
  private final BooleanSupplier hasRoom;
  private final Consumer<IOException> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition(); // for the writing thread
  private final Condition less = lock.newCondition(); // for those that wait for it
  private byte[] waiting = new byte[FIRST_CAPACITY];
  private byte[] spare = new byte[FIRST_CAPACITY];
  private int count;
  private boolean isWriting;
  private boolean isCallers; // the write that is going on
  private long lastWrite = System.nanoTime();
  private @Nullable IOException failure; // of a caller's write
  private boolean isClosed;
  private boolean isDropping; // the sink has failed
  private boolean hasFailed; // and what is to be said about it has been said
  private volatile Runnable lastWords = () -> {};

  /// Starts the writing thread, which does all the writing.
  ///
  /// @param onFailure called once, on the writing thread, when the sink fails, as a pipe does whose
  ///   reader has gone, after the [last words][#lastWords]; all that is written after the failure
  ///   is dropped
  public Output(OutputStream sink, Consumer<IOException> onFailure) {
    this(sink, () -> false, onFailure);
  }

  /// Starts the writing thread.
  ///
  /// @param hasRoom whether the sink would take [#ROOM] bytes at once now; asked by the threads
  ///   that write, one at a time
  /// @param onFailure as above
  public Output(OutputStream sink, BooleanSupplier hasRoom, Consumer<IOException> onFailure) {
    this.sink = sink;
    this.hasRoom = hasRoom;
    this.onFailure = onFailure;
    Thread _ = Thread.ofPlatform().daemon().name("ringtap-output").start(this::run);
  }

  /// What a run has to say elsewhere when the sink fails, such as its totals. It is called once, on
  /// the writing thread, when nobody waits any more to write; who [drains][#drain] waits until it
  /// returns.
  public void lastWords(Runnable words) {
    lastWords = words;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (makeRoom(length)) {
        System.arraycopy(bytes, offset, waiting, count, length);
        count += length;
        hasGrown();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Writes a text and a line feed.
  public void line(StringBuilder text) {
    text.append('\n');
    text(text);
  }

  /// Writes a text as it is.
  public void text(StringBuilder text) {
    int length = text.length();
    lock.lock();
    try {
      if (!makeRoom(length * MAX_BYTES_OF_CHAR)) {
        return;
      }
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        if (c >= 0x80) {
          byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
          System.arraycopy(rest, 0, waiting, count, rest.length);
          count += rest.length;
          break;
        }
        waiting[count++] = (byte) c;
      }
      hasGrown();
    } finally {
      lock.unlock();
    }
  }

  /// Does nothing: what is written is already on its way. See [#drain].
  @Override
  public void flush() {}

  /// Waits until all has been handed to the kernel, or cannot be.
  ///
  /// @param timeoutNanos the longest wait
  /// @return whether nothing is left
  public boolean drain(long timeoutNanos) {
    long left = timeoutNanos;
    lock.lock();
    try {
      while ((count > 0 || isWriting || failure != null) && !hasFailed) {
        if (left <= 0) {
          return false;
        }
        left = less.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the writing thread once it has written all. Does not close the sink.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      more.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for room and grows the buffer; false when the sink has failed.
  private boolean makeRoom(int length) {
    while (count > 0 && count + length > CAPACITY && !isDropping) {
      less.awaitUninterruptibly();
    }
    if (isDropping) {
      return false;
    }
    if (count + length > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(waiting.length * 2, count + length));
    }
    return true;
  }

  /// Has what waits written: here if that is sure to be quick, by the writing thread otherwise.
  private void hasGrown() {
    long now = System.nanoTime();
    boolean isRare = now - lastWrite >= PAUSE_NANOS;
    boolean isIdle = !isWriting && failure == null && !isClosed;
    if (!isRare || !isIdle || count > ROOM || !hasRoom.getAsBoolean()) {
      more.signal();
      return;
    }
    lastWrite = now;
    int length = swap();
    isCallers = true;
    lock.unlock(); // for a sink that is slow after all holds up its caller only
    IOException thrown = null;
    try {
      hand(length);
    } catch (IOException e) {
      thrown = e;
    } finally {
      lock.lock();
      failure = thrown;
      isCallers = false;
      isWriting = false;
      less.signalAll();
      if (count > 0 || isClosed || thrown != null) {
        more.signal();
      }
    }
  }

  private void hand(int length) throws IOException {
    sink.write(spare, 0, length);
    sink.flush();
  }

  private void run() {
    try {
      while (true) {
        int length = take();
        if (length == 0) {
          return;
        }
        hand(length);
        written();
      }
    } catch (IOException e) {
      set(() -> isDropping = true); // first, for the last words may wait for a thread that writes
      try {
        lastWords.run();
        onFailure.accept(e); // before anyone who drains may take it for done
      } finally {
        set(() -> hasFailed = true);
      }
    }
  }

  private void set(Runnable change) {
    lock.lock();
    try {
      change.run();
      less.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something to write, and returns how much is in `spare`; 0 when closed.
  private int take() throws IOException {
    lock.lock();
    try {
      while (isCallers || (count == 0 && !isClosed && failure == null)) {
        more.awaitUninterruptibly();
      }
      if (failure != null) {
        throw failure;
      }
      lastWrite = System.nanoTime();
      int length = swap();
      less.signalAll();
      return length;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what waits into `spare`, and returns its length.
  private int swap() {
    byte[] taken = waiting;
    waiting = spare;
    spare = taken;
    int length = count;
    count = 0;
    isWriting = length > 0;
    return length;
  }

  private void written() {
    set(() -> isWriting = false);
  }
}
