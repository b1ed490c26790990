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

  /// Starts the threads, and lets them go together once all are ready.
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
    } catch (RuntimeException | OutOfMemoryError e) { // the latter if there can be no more threads
      callOff();
      throw e;
    }
    begin = System.nanoTime();
    go.countDown();
  }

  /// Ends the threads that have been started, whether they are ready or not.
  private void callOff() {
    stop();
    go.countDown();
    close();
  }

  /// How many frames have been injected; while the load runs, as of a few milliseconds ago.
  public long injected() {
    return injectors.stream().mapToLong(Injector::injected).sum();
  }

  /// CPU time of the injecting threads: what the kernel did for each frame up to the taps, and what
  /// the taps cost there.
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

  /// What distinguishes the frames: the addresses and ports of each number.
  public FrameVariation variation() {
    return variation;
  }

  public boolean isRunning() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /// Ends the load early, within half a second or so.
  public void stop() {
    injectors.forEach(Injector::stop);
  }

  /// Waits until all frames are injected, or the load is stopped.
  ///
  /// @throws IOException (a LinuxException) if the kernel refused in between: `ENODEV` where the
  ///   interface has gone
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

  /// Stops and waits for the end.
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
