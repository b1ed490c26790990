package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Linux calls under their man-page names, with the man page's arguments in its order after
/// `callState`, the calling thread's errno scratch ([CallState]). Each returns the call's result or
/// `-errno`: nothing here throws for an errno, retries or logs.
public final class Libc {
  private static final MethodHandle SOCKET =
      Downcall.bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND =
      Downcall.bind("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      Downcall.bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      Downcall.bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GETSOCKNAME =
      Downcall.bind("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SENDTO =
      Downcall.bind("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVFROM =
      Downcall.bind(
          "recvfrom", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SENDMMSG =
      Downcall.bind("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      Downcall.bind("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle RECVMSG =
      Downcall.bind("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle POLL =
      Downcall.bind("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle PPOLL =
      Downcall.bind("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle EVENTFD =
      Downcall.bind("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle READ =
      Downcall.bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      Downcall.bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = Downcall.bind("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle MUNMAP = Downcall.bind("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle UNSHARE = Downcall.bind("unshare", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETNS = Downcall.bind("setns", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle GETTID = Downcall.bind("gettid", JAVA_INT);
  private static final MethodHandle ISATTY = Downcall.bind("isatty", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOCK_GETTIME =
      Downcall.bind("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle CLOCK_NANOSLEEP =
      Downcall.bind("clock_nanosleep", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle MMAP =
      Downcall.bind("mmap", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle OPEN =
      Downcall.bindVariadic(2, "open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle IOCTL =
      Downcall.bindVariadic(2, "ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);

  // Results of calls that return an address are negative only in this range (the kernel's
  // MAX_ERRNO).
  private static final long MAX_ERRNO = 4095;

  private Libc() {}

  /// `socket(2)`.
  ///
  /// @return a descriptor, or `-errno` (`-EPERM` without CAP_NET_RAW for raw and packet sockets)
  public static int socket(MemorySegment callState, int domain, int type, int protocol) {
    try {
      int result = (int) SOCKET.invokeExact(callState, domain, type, protocol);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `bind(2)`.
  public static int bind(MemorySegment callState, int fd, MemorySegment address, int bytes) {
    try {
      int result = (int) BIND.invokeExact(callState, fd, address, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `setsockopt(2)`.
  public static int setsockopt(
      MemorySegment callState, int fd, int level, int option, MemorySegment value, int bytes) {
    try {
      int result = (int) SETSOCKOPT.invokeExact(callState, fd, level, option, value, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `getsockopt(2)`. `bytes` holds the room in, and the length out.
  public static int getsockopt(
      MemorySegment callState,
      int fd,
      int level,
      int option,
      MemorySegment value,
      MemorySegment bytes) {
    try {
      int result = (int) GETSOCKOPT.invokeExact(callState, fd, level, option, value, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `getsockname(2)`. `bytes` holds the room in, and the length out.
  public static int getsockname(
      MemorySegment callState, int fd, MemorySegment address, MemorySegment bytes) {
    try {
      int result = (int) GETSOCKNAME.invokeExact(callState, fd, address, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `sendto(2)`.
  ///
  /// @return bytes sent, or `-errno`
  public static long sendto(
      MemorySegment callState,
      int fd,
      MemorySegment buffer,
      long bytes,
      int flags,
      MemorySegment address,
      int addressBytes) {
    try {
      long result =
          (long) SENDTO.invokeExact(callState, fd, buffer, bytes, flags, address, addressBytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `recvfrom(2)`.
  ///
  /// @return bytes received, or `-errno`
  public static long recvfrom(
      MemorySegment callState,
      int fd,
      MemorySegment buffer,
      long bytes,
      int flags,
      MemorySegment address,
      MemorySegment addressBytes) {
    try {
      long result =
          (long) RECVFROM.invokeExact(callState, fd, buffer, bytes, flags, address, addressBytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `sendmmsg(2)`. `messages` is an array of [Mmsghdr].
  ///
  /// @return how many were sent, which may be fewer than `count`; `-errno` if the first could not
  ///   be
  public static int sendmmsg(
      MemorySegment callState, int fd, MemorySegment messages, int count, int flags) {
    try {
      int result = (int) SENDMMSG.invokeExact(callState, fd, messages, count, flags);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `recvmmsg(2)`. `messages` is an array of [Mmsghdr].
  ///
  /// @return how many were received, or `-errno`
  public static int recvmmsg(
      MemorySegment callState,
      int fd,
      MemorySegment messages,
      int count,
      int flags,
      MemorySegment timeout) {
    try {
      int result = (int) RECVMMSG.invokeExact(callState, fd, messages, count, flags, timeout);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `recvmsg(2)`.
  ///
  /// @return bytes received, or `-errno`
  public static long recvmsg(MemorySegment callState, int fd, MemorySegment message, int flags) {
    try {
      long result = (long) RECVMSG.invokeExact(callState, fd, message, flags);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `poll(2)`. `pollFds` is an array of [PollFd].
  ///
  /// @return descriptors ready, 0 when the time ran out, or `-errno` (`-EINTR` on a signal)
  public static int poll(
      MemorySegment callState, MemorySegment pollFds, long count, int timeoutMillis) {
    try {
      int result = (int) POLL.invokeExact(callState, pollFds, count, timeoutMillis);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `ppoll(2)`, whose timeout is a [Timespec] (NULL waits for ever).
  ///
  /// @return descriptors ready, 0 when the time ran out, or `-errno` (`-EINTR` on a signal)
  public static int ppoll(
      MemorySegment callState,
      MemorySegment pollFds,
      long count,
      MemorySegment timeout,
      MemorySegment signals) {
    try {
      int result = (int) PPOLL.invokeExact(callState, pollFds, count, timeout, signals);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `eventfd(2)`.
  public static int eventfd(MemorySegment callState, int initial, int flags) {
    try {
      int result = (int) EVENTFD.invokeExact(callState, initial, flags);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `read(2)`.
  ///
  /// @return bytes read, or `-errno`
  public static long read(MemorySegment callState, int fd, MemorySegment buffer, long bytes) {
    try {
      long result = (long) READ.invokeExact(callState, fd, buffer, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `write(2)`.
  ///
  /// @return bytes written, or `-errno`
  public static long write(MemorySegment callState, int fd, MemorySegment buffer, long bytes) {
    try {
      long result = (long) WRITE.invokeExact(callState, fd, buffer, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `close(2)`. Never retried: Linux frees the descriptor even when it fails.
  public static int close(MemorySegment callState, int fd) {
    try {
      int result = (int) CLOSE.invokeExact(callState, fd);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `munmap(2)`.
  public static int munmap(MemorySegment callState, MemorySegment address, long bytes) {
    try {
      int result = (int) MUNMAP.invokeExact(callState, address, bytes);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `unshare(2)`: the calling thread leaves the namespaces that `flags` name for new ones.
  public static int unshare(MemorySegment callState, int flags) {
    try {
      int result = (int) UNSHARE.invokeExact(callState, flags);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `setns(2)`: the calling thread enters the namespace behind `fd`.
  public static int setns(MemorySegment callState, int fd, int type) {
    try {
      int result = (int) SETNS.invokeExact(callState, fd, type);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `gettid(2)`.
  public static int gettid(MemorySegment callState) {
    try {
      int result = (int) GETTID.invokeExact(callState);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `isatty(3)`.
  ///
  /// @return 1 for a terminal, 0 for anything else
  public static int isatty(MemorySegment callState, int fd) {
    try {
      int result = (int) ISATTY.invokeExact(callState, fd);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `clock_gettime(2)`.
  public static int clockGettime(MemorySegment callState, int clock, MemorySegment time) {
    try {
      int result = (int) CLOCK_GETTIME.invokeExact(callState, clock, time);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `clock_nanosleep(2)`.
  public static int clockNanosleep(
      MemorySegment callState, int clock, int flags, MemorySegment request, MemorySegment remain) {
    try {
      int result = (int) CLOCK_NANOSLEEP.invokeExact(callState, clock, flags, request, remain);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `mmap(2)`.
  ///
  /// @return the address, or `-errno`, which [#isError] tells apart
  public static long mmap(
      MemorySegment callState,
      MemorySegment address,
      long bytes,
      int protection,
      int flags,
      int fd,
      long offset) {
    try {
      long result =
          (long) MMAP.invokeExact(callState, address, bytes, protection, flags, fd, offset);
      return result != -1 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// Whether an address that a call returned is an error.
  public static boolean isError(long address) {
    return address < 0 && address >= -MAX_ERRNO;
  }

  /// `open(2)`. `path` ends with a zero byte; `mode` counts only where `flags` create a file.
  ///
  /// @return a descriptor, or `-errno`
  public static int open(MemorySegment callState, MemorySegment path, int flags, int mode) {
    try {
      int result = (int) OPEN.invokeExact(callState, path, flags, mode);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }

  /// `ioctl(2)` with a pointer argument.
  public static int ioctl(MemorySegment callState, int fd, long request, MemorySegment argument) {
    try {
      int result = (int) IOCTL.invokeExact(callState, fd, request, argument);
      return result >= 0 ? result : CallState.negatedErrno(callState);
    } catch (Throwable t) {
      throw Downcall.unexpected(t);
    }
  }
}
