package io.ringtap.system.capture;

import static org.awaitility.Awaitility.await;

import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Sends numbered frames without a pause, in batches, until it is closed or [#MOST] are sent.
final class Flood implements AutoCloseable {
  static final int MOST = 1_000_000;
  static final int BATCH = 50;

  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<?> end;

  /// @param flows source ports from 1024 on, which take turns
  Flood(FrameSender sender, int flows) {
    end =
        CompletableFuture.runAsync(() -> {
          try {
            while (!isOver.get() && sent.get() < MOST) {
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
