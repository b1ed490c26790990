package io.ringtap.testnet.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/// A [FrameLoad] that has been started. Any thread may use it.
public final class RunningLoad implements AutoCloseable {
  private final List<Injector> injectors;
  private final List<Thread> threads = new ArrayList<>();
  private final FrameVariation variation;
  private final CountDownLatch go;
  private volatile long begin;

  RunningLoad(List<Injector> injectors, FrameVariation variation, CountDownLatch go) {
    this.injectors = List.copyOf(injectors);
    this.variation = variation;
    this.go = go;
  }

  /// Starts the threads, and lets them begin together once all are ready.
  void start() throws IOException {
    try {
      for (Injector injector : injectors) {
        threads.add(Thread.ofPlatform().daemon().name("ringtap-load").start(injector));
      }
      for (Injector injector : injectors) {
        boolean _ = injector.ready().join();
      }
    } catch (CompletionException e) {
      callOff();
      throw failure(e.getCause() instanceof Exception cause ? cause : e);
    } catch (RuntimeException
        | OutOfMemoryError e) { // the latter if no more threads can be created
      callOff();
      throw e;
    }
    begin = System.nanoTime();
    go.countDown();
  }

  /// Ends the threads that have been started, ready or not.
  private void callOff() {
    stop();
    go.countDown();
    close();
  }

  /// How many frames have been injected; while the load runs, the number is a few milliseconds old.
  public long injected() {
    return injectors.stream().mapToLong(Injector::injected).sum();
  }

  /// CPU time of the injecting threads, including the kernel's work for each frame and the work of
  /// packet sockets that receive it.
  public long cpuNanos() {
    return injectors.stream().mapToLong(Injector::cpuNanos).sum();
  }

  /// How long the load ran, or has run so far.
  public long elapsedNanos() {
    if (isRunning()) {
      return System.nanoTime() - begin;
    }
    return injectors.stream().mapToLong(injector -> injector.endNanos() - begin).max().orElse(0);
  }

  /// What differs between the frames: the address and port for each sequence number.
  public FrameVariation variation() {
    return variation;
  }

  public boolean isRunning() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /// Ends the load early, within some 20 ms.
  public void stop() {
    injectors.forEach(Injector::stop);
  }

  /// Waits until all frames are injected, or the load is stopped.
  ///
  /// @throws IOException (a LinuxException) if the kernel refused meanwhile: `ENODEV` if the
  ///   interface is gone
  public void await() throws IOException, InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    for (Injector injector : injectors) {
      Exception thrown = injector.failure();
      if (thrown != null) {
        throw failure(thrown);
      }
    }
  }

  private static IOException failure(Throwable thrown) {
    if (thrown instanceof IOException e) {
      return e;
    }
    return new IOException("the load failed: " + thrown.getMessage(), thrown);
  }

  /// Stops the load and waits for its end.
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
