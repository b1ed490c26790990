package io.ringtap.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work in another network namespace (`setns(2)`). A socket belongs to the namespace in which it
/// was opened, whichever thread uses it then.
public final class NamespaceCall {
  private NamespaceCall() {}

  /// Runs `task` on a thread that enters the namespace and ends afterwards.
  ///
  /// @param path the namespace, such as `/run/netns/blue` or `/proc/4711/ns/net`
  /// @throws IOException as `task` throws it; (a LinuxException) if there is no such namespace or
  ///   entering it is not permitted
  public static <T> T in(String path, Callable<T> task) throws IOException {
    FutureTask<T> future =
        new FutureTask<>(() -> {
          enter(path);
          return task.call();
        });
    Thread thread = Thread.ofPlatform().daemon().name("ringtap-netns").start(future);
    try {
      return future.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while entering " + path, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
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
