package io.ringtap.system.capture;

import static org.awaitility.Awaitility.await;

import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Sends numbered frames without a pause, in batches, until it is closed or [#MOST] are sent.
final class Flood implements AutoCloseable {
  static final int MOST = 1_000_000;
  static final int BATCH = 50;

  /// How many frames it may be ahead of a receiver: fewer than any buffer of the tests has room
  /// for.
  private static final int AHEAD = 50_000;

  private static final long PAUSE_NANOS = 100_000;

  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<?> end;

  /// A flood that does not wait for its receiver.
  ///
  /// @param flows source ports from 1024 on, which take turns
  Flood(FrameSender sender, int flows) {
    this(sender, flows, () -> Long.MAX_VALUE);
  }

  /// A flood that waits for a slow receiver, so that no buffer overflows however busy the machine
  /// is.
  ///
  /// @param received how many frames have been received, or an estimate of it
  Flood(FrameSender sender, int flows, LongSupplier received) {
    end =
        CompletableFuture.runAsync(() -> {
          try {
            while (!isOver.get() && sent.get() < MOST) {
              if (sent.get() - AHEAD > received.getAsLong()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
              }
              sender.number(sent.get(), BATCH, 60, flows);
              sent.addAndGet(BATCH);
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  /// Frames that the kernel has taken.
  long sent() {
    return sent.get();
  }

  void awaitMore() {
    long goal = sent.get() + 20 * BATCH;
    await().atMost(CaptureLab.PATIENCE).until(() -> sent.get() >= goal || end.isDone());
  }

  /// Ends it, and says how many frames the kernel has taken.
  long end() {
    isOver.set(true);
    end.join();
    return sent();
  }

  @Override
  public void close() {
    end();
  }
}
