package io.ringtap.linux;

import io.ringtap.linux.abi.Pointer;
import io.ringtap.linux.abi.SyscallNumber;
import java.lang.foreign.MemorySegment;

/// Linux calls under their man-page names, with the man page's arguments in its order after
/// `callState`, the calling thread's memory for `errno` ([CallState]). Each returns the call's
/// result or `-errno`: nothing here throws because of an errno, retries or logs. Memory that is
/// passed must stay open until the call returns.
public final class Libc {
  private static final MemorySegment SOCKET = Downcall.function("socket");
  private static final MemorySegment BIND = Downcall.function("bind");
  private static final MemorySegment CONNECT = Downcall.function("connect");
  private static final MemorySegment SETSOCKOPT = Downcall.function("setsockopt");
  private static final MemorySegment GETSOCKOPT = Downcall.function("getsockopt");
  private static final MemorySegment GETSOCKNAME = Downcall.function("getsockname");
  private static final MemorySegment SENDTO = Downcall.function("sendto");
  private static final MemorySegment RECVFROM = Downcall.function("recvfrom");
  private static final MemorySegment SENDMMSG = Downcall.function("sendmmsg");
  private static final MemorySegment RECVMMSG = Downcall.function("recvmmsg");
  private static final MemorySegment RECVMSG = Downcall.function("recvmsg");
  private static final MemorySegment POLL = Downcall.function("poll");
  private static final MemorySegment PPOLL = Downcall.function("ppoll");
  private static final MemorySegment EVENTFD = Downcall.function("eventfd");
  private static final MemorySegment GETRANDOM = Downcall.function("getrandom");
  private static final MemorySegment READ = Downcall.function("read");
  private static final MemorySegment WRITE = Downcall.function("write");
  private static final MemorySegment CLOSE = Downcall.function("close");
  private static final MemorySegment DUP3 = Downcall.function("dup3");
  private static final MemorySegment MUNMAP = Downcall.function("munmap");
  private static final MemorySegment UNSHARE = Downcall.function("unshare");
  private static final MemorySegment SETNS = Downcall.function("setns");
  private static final MemorySegment GETTID = Downcall.function("gettid");
  private static final MemorySegment ISATTY = Downcall.function("isatty");
  private static final MemorySegment CLOCK_GETTIME = Downcall.function("clock_gettime");
  private static final MemorySegment CLOCK_NANOSLEEP = Downcall.function("clock_nanosleep");
  private static final MemorySegment MMAP = Downcall.function("mmap");
  private static final MemorySegment GETPAGESIZE = Downcall.function("getpagesize");
  private static final MemorySegment PWRITE = Downcall.function("pwrite");
  private static final MemorySegment OPEN = Downcall.function("open");
  private static final MemorySegment IOCTL = Downcall.function("ioctl");
  private static final MemorySegment SCHED_SETAFFINITY = Downcall.function("sched_setaffinity");
  private static final MemorySegment SIGNAL = Downcall.function("signal");
  private static final MemorySegment SIGACTION = Downcall.function("sigaction");
  private static final MemorySegment KILL = Downcall.function("kill");
  private static final MemorySegment GETRUSAGE = Downcall.function("getrusage");
  private static final MemorySegment SETPRIORITY = Downcall.function("setpriority");
  private static final MemorySegment SYSCALL = Downcall.function("syscall");

  // Results of calls that return an address are errors only in this range (the kernel's MAX_ERRNO).
  private static final long MAX_ERRNO = 4095;

  private Libc() {}

  /// `socket(2)`.
  ///
  /// @return a descriptor, or `-errno` (`-EPERM` without CAP_NET_RAW for raw and packet sockets)
  public static int socket(MemorySegment callState, int domain, int type, int protocol) {
    return Downcall.call(SOCKET, callState, domain, type, protocol, 0, 0);
  }

  /// `bind(2)`.
  public static int bind(MemorySegment callState, int fd, MemorySegment address, int bytes) {
    int result = Downcall.call(BIND, callState, fd, Pointer.of(address), bytes, 0, 0);
    Downcall.keep(address);
    return result;
  }

  /// `connect(2)`.
  public static int connect(MemorySegment callState, int fd, MemorySegment address, int bytes) {
    int result = Downcall.call(CONNECT, callState, fd, Pointer.of(address), bytes, 0, 0);
    Downcall.keep(address);
    return result;
  }

  /// `setsockopt(2)`.
  public static int setsockopt(
      MemorySegment callState, int fd, int level, int option, MemorySegment value, int bytes) {
    int result = Downcall.call(SETSOCKOPT, callState, fd, level, option, Pointer.of(value), bytes);
    Downcall.keep(value);
    return result;
  }

  /// `getsockopt(2)`. `bytes` holds the size of the buffer before the call and the length of the
  /// value after it.
  public static int getsockopt(
      MemorySegment callState,
      int fd,
      int level,
      int option,
      MemorySegment value,
      MemorySegment bytes) {
    int result =
        Downcall.call(
            GETSOCKOPT, callState, fd, level, option, Pointer.of(value), Pointer.of(bytes));
    Downcall.keep(value);
    Downcall.keep(bytes);
    return result;
  }

  /// `getsockname(2)`. `bytes` holds the size of the buffer before the call and the length of the
  /// value after it.
  public static int getsockname(
      MemorySegment callState, int fd, MemorySegment address, MemorySegment bytes) {
    int result =
        Downcall.call(GETSOCKNAME, callState, fd, Pointer.of(address), Pointer.of(bytes), 0, 0);
    Downcall.keep(address);
    Downcall.keep(bytes);
    return result;
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
    long result =
        Downcall.callLong(
            SENDTO,
            callState,
            fd,
            Pointer.of(buffer),
            bytes,
            flags,
            Pointer.of(address),
            addressBytes);
    Downcall.keep(buffer);
    Downcall.keep(address);
    return result;
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
    long result =
        Downcall.callLong(
            RECVFROM,
            callState,
            fd,
            Pointer.of(buffer),
            bytes,
            flags,
            Pointer.of(address),
            Pointer.of(addressBytes));
    Downcall.keep(buffer);
    Downcall.keep(address);
    Downcall.keep(addressBytes);
    return result;
  }

  /// `sendmmsg(2)`. `messages` is an array of [io.ringtap.linux.abi.socket.Mmsghdr].
  ///
  /// @return how many were sent, which may be fewer than `count`; `-errno` if the first could not
  ///   be sent
  public static int sendmmsg(
      MemorySegment callState, int fd, MemorySegment messages, int count, int flags) {
    int result = Downcall.call(SENDMMSG, callState, fd, Pointer.of(messages), count, flags, 0);
    Downcall.keep(messages);
    return result;
  }

  /// `recvmmsg(2)`. `messages` is an array of [io.ringtap.linux.abi.socket.Mmsghdr].
  ///
  /// @return how many were received, or `-errno`
  public static int recvmmsg(
      MemorySegment callState,
      int fd,
      MemorySegment messages,
      int count,
      int flags,
      MemorySegment timeout) {
    int result =
        Downcall.call(
            RECVMMSG, callState, fd, Pointer.of(messages), count, flags, Pointer.of(timeout));
    Downcall.keep(messages);
    Downcall.keep(timeout);
    return result;
  }

  /// `recvmsg(2)`.
  ///
  /// @return bytes received, or `-errno`
  public static long recvmsg(MemorySegment callState, int fd, MemorySegment message, int flags) {
    long result = Downcall.callLong(RECVMSG, callState, fd, Pointer.of(message), flags, 0, 0, 0);
    Downcall.keep(message);
    return result;
  }

  /// `poll(2)`. `pollFds` is an array of [io.ringtap.linux.abi.PollFd].
  ///
  /// @return descriptors ready, 0 when the time ran out, or `-errno` (`-EINTR` on a signal)
  public static int poll(
      MemorySegment callState, MemorySegment pollFds, long count, int timeoutMillis) {
    int result = Downcall.call(POLL, callState, Pointer.of(pollFds), count, timeoutMillis, 0, 0);
    Downcall.keep(pollFds);
    return result;
  }

  /// `ppoll(2)`, whose timeout is a [io.ringtap.linux.abi.Timespec] (NULL waits forever).
  ///
  /// @return descriptors ready, 0 when the time ran out, or `-errno` (`-EINTR` on a signal)
  public static int ppoll(
      MemorySegment callState,
      MemorySegment pollFds,
      long count,
      MemorySegment timeout,
      MemorySegment signals) {
    int result =
        Downcall.call(
            PPOLL,
            callState,
            Pointer.of(pollFds),
            count,
            Pointer.of(timeout),
            Pointer.of(signals),
            0);
    Downcall.keep(pollFds);
    Downcall.keep(timeout);
    Downcall.keep(signals);
    return result;
  }

  /// `eventfd(2)`.
  public static int eventfd(MemorySegment callState, int initial, int flags) {
    return Downcall.call(EVENTFD, callState, initial, flags, 0, 0, 0);
  }

  /// `getrandom(2)`.
  ///
  /// @return bytes written to `buffer`, or `-errno`
  public static long getrandom(
      MemorySegment callState, MemorySegment buffer, long bytes, int flags) {
    long result =
        Downcall.callLong(GETRANDOM, callState, Pointer.of(buffer), bytes, flags, 0, 0, 0);
    Downcall.keep(buffer);
    return result;
  }

  /// `read(2)`.
  ///
  /// @return bytes read, or `-errno`
  public static long read(MemorySegment callState, int fd, MemorySegment buffer, long bytes) {
    long result = Downcall.callLong(READ, callState, fd, Pointer.of(buffer), bytes, 0, 0, 0);
    Downcall.keep(buffer);
    return result;
  }

  /// `write(2)`.
  ///
  /// @return bytes written, or `-errno`
  public static long write(MemorySegment callState, int fd, MemorySegment buffer, long bytes) {
    long result = Downcall.callLong(WRITE, callState, fd, Pointer.of(buffer), bytes, 0, 0, 0);
    Downcall.keep(buffer);
    return result;
  }

  /// `pwrite(2)`: writes at `offset` and leaves the file position where it is.
  ///
  /// @return bytes written, or `-errno`
  public static long pwrite(
      MemorySegment callState, int fd, MemorySegment buffer, long bytes, long offset) {
    long result = Downcall.callLong(PWRITE, callState, fd, Pointer.of(buffer), bytes, offset, 0, 0);
    Downcall.keep(buffer);
    return result;
  }

  /// `close(2)`. Never retried: Linux frees the descriptor even when it fails.
  public static int close(MemorySegment callState, int fd) {
    return Downcall.call(CLOSE, callState, fd, 0, 0, 0, 0);
  }

  /// `dup3(2)`: `newFd` becomes what `oldFd` is; what it was before is closed.
  ///
  /// @param flags [io.ringtap.linux.abi.Fcntl#O_CLOEXEC] or 0
  /// @return `newFd`, or `-errno`
  public static int dup3(MemorySegment callState, int oldFd, int newFd, int flags) {
    return Downcall.call(DUP3, callState, oldFd, newFd, flags, 0, 0);
  }

  /// `munmap(2)`.
  public static int munmap(MemorySegment callState, MemorySegment address, long bytes) {
    int result = Downcall.call(MUNMAP, callState, Pointer.of(address), bytes, 0, 0, 0);
    Downcall.keep(address);
    return result;
  }

  /// `unshare(2)`: the calling thread leaves the namespaces that `flags` name for new ones.
  public static int unshare(MemorySegment callState, int flags) {
    return Downcall.call(UNSHARE, callState, flags, 0, 0, 0, 0);
  }

  /// `setns(2)`: the calling thread enters the namespace of `fd`.
  public static int setns(MemorySegment callState, int fd, int type) {
    return Downcall.call(SETNS, callState, fd, type, 0, 0, 0);
  }

  /// `gettid(2)`.
  public static int gettid(MemorySegment callState) {
    return Downcall.call(GETTID, callState, 0, 0, 0, 0, 0);
  }

  /// `setpriority(2)`: the nice value, which Linux keeps for each thread.
  ///
  /// @param which [io.ringtap.linux.abi.Priority#PRIO_PROCESS]
  /// @param who a thread; 0 is the calling one
  /// @param nice -20 to 19, the lowest priority
  public static int setpriority(MemorySegment callState, int which, int who, int nice) {
    return Downcall.call(SETPRIORITY, callState, which, who, nice, 0, 0);
  }

  /// `isatty(3)`.
  ///
  /// @return 1 for a terminal, 0 for anything else
  public static int isatty(MemorySegment callState, int fd) {
    return Downcall.call(ISATTY, callState, fd, 0, 0, 0, 0);
  }

  /// `clock_gettime(2)`.
  public static int clockGettime(MemorySegment callState, int clock, MemorySegment time) {
    int result = Downcall.call(CLOCK_GETTIME, callState, clock, Pointer.of(time), 0, 0, 0);
    Downcall.keep(time);
    return result;
  }

  /// `clock_nanosleep(2)`.
  public static int clockNanosleep(
      MemorySegment callState, int clock, int flags, MemorySegment request, MemorySegment remain) {
    int result =
        Downcall.call(
            CLOCK_NANOSLEEP, callState, clock, flags, Pointer.of(request), Pointer.of(remain), 0);
    Downcall.keep(request);
    Downcall.keep(remain);
    return result;
  }

  /// `getpagesize(2)`, which does not fail.
  public static int getpagesize(MemorySegment callState) {
    return Downcall.call(GETPAGESIZE, callState, 0, 0, 0, 0, 0);
  }

  /// `mmap(2)`.
  ///
  /// @return the address, or `-errno`; [#isError] distinguishes them
  public static long mmap(
      MemorySegment callState,
      MemorySegment address,
      long bytes,
      int protection,
      int flags,
      int fd,
      long offset) {
    long result =
        Downcall.callLong(
            MMAP, callState, Pointer.of(address), bytes, protection, flags, fd, offset);
    Downcall.keep(address);
    return result;
  }

  /// `open(2)`. `path` ends with a zero byte; `mode` is used only if `flags` create a file.
  ///
  /// @return a descriptor, or `-errno`
  public static int open(MemorySegment callState, MemorySegment path, int flags, int mode) {
    int result = Downcall.call(OPEN, callState, Pointer.of(path), flags, mode, 0, 0);
    Downcall.keep(path);
    return result;
  }

  /// `ioctl(2)` with a pointer argument.
  public static int ioctl(MemorySegment callState, int fd, long request, MemorySegment argument) {
    int result = Downcall.call(IOCTL, callState, fd, request, Pointer.of(argument), 0, 0);
    Downcall.keep(argument);
    return result;
  }

  /// `sched_setaffinity(2)`: which CPUs the thread `pid` may run on; 0 is the calling thread.
  ///
  /// @param mask a [io.ringtap.linux.abi.CpuSet]
  public static int schedSetaffinity(
      MemorySegment callState, int pid, long bytes, MemorySegment mask) {
    int result = Downcall.call(SCHED_SETAFFINITY, callState, pid, bytes, Pointer.of(mask), 0, 0);
    Downcall.keep(mask);
    return result;
  }

  /// `bpf(2)`, which the C library does not wrap. The attributes point to further memory that the
  /// caller keeps open until this returns.
  ///
  /// @param attributes a `union bpf_attr` as [io.ringtap.linux.abi.bpf.BpfAttr] lays it out
  /// @return what the command returns, a descriptor for those that make one; or `-errno`
  public static int bpf(
      MemorySegment callState, int command, MemorySegment attributes, long bytes) {
    int result =
        (int)
            Downcall.callLong(
                SYSCALL,
                callState,
                SyscallNumber.BPF,
                command,
                Pointer.of(attributes),
                bytes,
                0,
                0);
    Downcall.keep(attributes);
    return result;
  }

  /// `membarrier(2)`, which the C library does not wrap.
  ///
  /// @param command such as [io.ringtap.linux.abi.Membarrier#MEMBARRIER_CMD_GLOBAL]
  /// @return 0 or more, or `-errno` (`-EINVAL` if a CPU runs without the timer tick, `nohz_full`)
  public static int membarrier(MemorySegment callState, int command, int flags) {
    return (int)
        Downcall.callLong(SYSCALL, callState, SyscallNumber.MEMBARRIER, command, flags, 0, 0, 0);
  }

  /// `perf_event_open(2)`, which the C library does not wrap.
  ///
  /// @param attributes a [io.ringtap.linux.abi.perf.PerfEventAttr]
  /// @param pid -1 for all processes, if `cpu` is not negative
  /// @return a descriptor, or `-errno`
  public static int perfEventOpen(
      MemorySegment callState, MemorySegment attributes, int pid, int cpu, long flags) {
    int result =
        (int)
            Downcall.callLong(
                SYSCALL,
                callState,
                SyscallNumber.PERF_EVENT_OPEN,
                Pointer.of(attributes),
                pid,
                cpu,
                -1, // leads no group and belongs to none
                flags);
    Downcall.keep(attributes);
    return result;
  }

  /// `signal(2)`, with `handler` 0 for `SIG_DFL` and 1 for `SIG_IGN`.
  ///
  /// @return the previous handler, or `-errno`; [#isError] distinguishes them
  public static long signal(MemorySegment callState, int signum, long handler) {
    return Downcall.callLong(SIGNAL, callState, signum, handler, 0, 0, 0, 0);
  }

  /// `sigaction(2)`, without asking for the previous action.
  ///
  /// @param action a [io.ringtap.linux.abi.Sigaction]
  public static int sigaction(MemorySegment callState, int signum, MemorySegment action) {
    int result = Downcall.call(SIGACTION, callState, signum, Pointer.of(action), 0, 0, 0);
    Downcall.keep(action);
    return result;
  }

  /// `kill(2)`.
  public static int kill(MemorySegment callState, int pid, int signum) {
    return Downcall.call(KILL, callState, pid, signum, 0, 0, 0);
  }

  /// `getrusage(2)`.
  ///
  /// @param usage a [io.ringtap.linux.abi.Rusage] to fill in
  public static int getrusage(MemorySegment callState, int who, MemorySegment usage) {
    int result = Downcall.call(GETRUSAGE, callState, who, Pointer.of(usage), 0, 0, 0);
    Downcall.keep(usage);
    return result;
  }

  /// Whether an address that a call returned is an error.
  public static boolean isError(long address) {
    return address < 0 && address >= -MAX_ERRNO;
  }
}
