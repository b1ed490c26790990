package io.ringtap.testnet;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/// The only thread in a namespace. It is never replaced, because a new thread would be in the
/// namespace of the thread that starts it.
final class NamespaceThread implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LinkedBlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final String label;
  private final Thread thread;
  private boolean closed; // guarded by tasks

  NamespaceThread(String label) {
    this.label = label;
    this.thread = Thread.ofPlatform().daemon().name("netns " + label).start(this::work);
  }

  /// Runs `task` on this thread and waits for it. An interrupt does not end the wait; the interrupt
  /// status is restored.
  ///
  /// @throws IllegalStateException if this is closed before the task begins
  @SuppressWarnings("unchecked") // the only checked exceptions of the task are E
  <T, E extends Exception> T call(NetworkNamespace.Task<T, E> task) throws E {
    if (Thread.currentThread().equals(thread)) {
      return task.run();
    }
    FutureTask<T> future = new FutureTask<>((Callable<T>) task::run);
    synchronized (tasks) {
      if (closed) {
        throw closedException();
      }
      tasks.add(future);
    }
    try {
      return await(future);
    } catch (CancellationException _) {
      throw closedException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw (E) exception;
      }
      throw (Error) e.getCause();
    }
  }

  private static <T> T await(FutureTask<T> future) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    while (!isClosed()) {
      try {
        tasks.take().run();
      } catch (InterruptedException _) {
        // Either from close, which the loop notices, or left over from a task that has ended.
      }
    }
    tasks.forEach(task -> task.cancel(false));
  }

  private boolean isClosed() {
    synchronized (tasks) {
      return closed;
    }
  }

  private IllegalStateException closedException() {
    return new IllegalStateException("the network namespace '" + label + "' is closed");
  }

  /// Interrupts the current task and ends the thread after it; waits five seconds at most.
  @Override
  public void close() {
    synchronized (tasks) {
      closed = true;
    }
    thread.interrupt();
    if (!Thread.currentThread().equals(thread)) {
      try {
        boolean _ = thread.join(PATIENCE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
