package io.ringtap.linux;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.linux.abi.Sched;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs code in another network namespace (`setns(2)`). A socket belongs to the namespace in which
/// it was opened, whichever thread uses it later.
public final class NamespaceCall {
  private NamespaceCall() {}

  /// Runs `task` on a new thread that enters the namespace, and waits for it.
  ///
  /// @param path the namespace, such as `/run/netns/blue` or `/proc/4711/ns/net`
  /// @throws LinuxException `ENOENT` if there is no such namespace, `EPERM` without CAP_SYS_ADMIN,
  ///   `EINVAL` if `path` is something else
  /// @throws IOException if `task` throws it
  public static <T> T in(String path, Callable<T> task) throws IOException {
    return waiting(() -> {
      enter(path);
      return task.call();
    });
  }

  /// Runs `task` on a new thread and waits for it, also if the caller is interrupted.
  static <T> T waiting(Callable<T> task) throws IOException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread _ = Thread.ofPlatform().daemon().name("ringtap-netns").start(future);
    try {
      return await(future);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /// An interrupt does not end the wait, because what the task opens must reach the caller; the
  /// interrupt status is restored.
  private static <T> T await(FutureTask<T> future) throws ExecutionException {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          wasInterrupted = true;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void enter(String path) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int flags = Fcntl.O_RDONLY | Fcntl.O_CLOEXEC;
      int fd = Libc.open(CallState.current(), arena.allocateFrom(path), flags, 0);
      LinuxException.check(fd, "open", "the network namespace " + path);
      try (FileDescriptor namespace = new FileDescriptor(fd)) {
        int rc = Libc.setns(CallState.current(), namespace.number(), Sched.CLONE_NEWNET);
        LinuxException.check(rc, "setns", path, "needs CAP_SYS_ADMIN, and a network namespace");
      }
    }
  }
}
