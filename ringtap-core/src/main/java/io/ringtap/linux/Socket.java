package io.ringtap.linux;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.bpf.SockFprog;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An owned socket and the calls that set it up. Every exception names the subject given on opening
/// ("the receive ring"), so that a message shows which of a program's sockets failed.
public final class Socket implements AutoCloseable {
  private final FileDescriptor descriptor;
  private final String subject;

  private Socket(FileDescriptor descriptor, String subject) {
    this.descriptor = descriptor;
    this.subject = subject;
  }

  /// `socket(2)` with `SOCK_CLOEXEC`, in the network namespace of the calling thread.
  ///
  /// @param protocol as the call takes it, so in network byte order for AF_PACKET
  /// @param remedy what to do when it is refused; may be empty
  /// @throws LinuxException if the kernel refuses
  public static Socket open(int domain, int type, int protocol, String subject, String remedy)
      throws LinuxException {
    int fd = Libc.socket(CallState.current(), domain, type | SysSocket.SOCK_CLOEXEC, protocol);
    String call = fd < 0 ? call(domain, type) : "socket";
    return new Socket(new FileDescriptor(LinuxException.check(fd, call, subject, remedy)), subject);
  }

  /// The call as exceptions show it, such as `socket(AF_PACKET, SOCK_RAW)`.
  private static String call(int domain, int type) {
    String family =
        switch (domain) {
          case SysSocket.AF_UNIX -> "AF_UNIX";
          case SysSocket.AF_INET -> "AF_INET";
          case SysSocket.AF_INET6 -> "AF_INET6";
          case SysSocket.AF_NETLINK -> "AF_NETLINK";
          case SysSocket.AF_PACKET -> "AF_PACKET";
          case SysSocket.AF_XDP -> "AF_XDP";
          default -> Integer.toString(domain);
        };
    String kind =
        switch (type & ~SysSocket.SOCK_NONBLOCK) {
          case SysSocket.SOCK_STREAM -> "SOCK_STREAM";
          case SysSocket.SOCK_DGRAM -> "SOCK_DGRAM";
          case SysSocket.SOCK_RAW -> "SOCK_RAW";
          default -> Integer.toString(type);
        };
    return "socket(" + family + ", " + kind + ")";
  }

  /// The descriptor's number, for calls and poll sets.
  ///
  /// @throws IllegalStateException if the socket is closed
  public int number() {
    return descriptor.number();
  }

  public FileDescriptor descriptor() {
    return descriptor;
  }

  /// Sets an option that is an `int`.
  ///
  /// @param name how exceptions show the option, such as `SO_SNDBUF`
  /// @throws LinuxException if the kernel refuses
  public void option(int level, int option, int value, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      option(level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value), name);
    }
  }

  /// Sets an option that is a struct.
  ///
  /// @throws LinuxException if the kernel refuses
  public void option(int level, int option, MemorySegment value, String name)
      throws LinuxException {
    int rc = tryOption(level, option, value);
    LinuxException.check(rc, "setsockopt(" + name + ")", subject);
  }

  /// Sets an option that is an `int` and may be refused.
  ///
  /// @return 0 or `-errno`
  public int tryOption(int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      return tryOption(level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value));
    }
  }

  /// Sets an option that is a struct and may be refused.
  ///
  /// @return 0 or `-errno`
  public int tryOption(int level, int option, MemorySegment value) {
    return Libc.setsockopt(
        CallState.current(), number(), level, option, value, (int) value.byteSize());
  }

  /// Reads an option that is an `int`.
  ///
  /// @throws LinuxException if the kernel refuses
  public int intOption(int level, int option, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      int rc = readOption(CallState.current(), level, option, value, length);
      LinuxException.check(rc, "getsockopt(" + name + ")", subject);
      return value.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /// Reads an option into `value`.
  ///
  /// @return 0 or `-errno`
  public int readOption(
      MemorySegment callState, int level, int option, MemorySegment value, MemorySegment length) {
    length.set(ValueLayout.JAVA_INT, 0, (int) value.byteSize());
    return Libc.getsockopt(callState, number(), level, option, value, length);
  }

  /// Attaches a classic BPF program, an array of `struct sock_filter`; the kernel copies it.
  ///
  /// @throws LinuxException if the kernel rejects the program (`EINVAL`) or has no room for it
  public void attachFilter(MemorySegment instructions) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      option(
          SysSocket.SOL_SOCKET,
          SysSocket.SO_ATTACH_FILTER,
          SockFprog.allocate(arena, instructions),
          "SO_ATTACH_FILTER");
    }
  }

  /// `bind(2)`.
  ///
  /// @throws LinuxException if the kernel refuses the address
  public void bind(MemorySegment address) throws LinuxException {
    LinuxException.check(tryBind(address), "bind", subject);
  }

  /// `bind(2)`, which may be refused.
  ///
  /// @return 0 or `-errno`
  public int tryBind(MemorySegment address) {
    return Libc.bind(CallState.current(), number(), address, (int) address.byteSize());
  }

  /// Receives one datagram; repeats the call if a signal interrupts it.
  ///
  /// @return its length in bytes, more than the size of `buffer` if its end was cut off; or
  ///   `-errno`
  public int receive(MemorySegment buffer) {
    MemorySegment callState = CallState.current();
    return Retry.whileInterrupted(() ->
        (int)
            Libc.recvfrom(
                callState,
                number(),
                buffer,
                buffer.byteSize(),
                SysSocket.MSG_TRUNC,
                MemorySegment.NULL,
                MemorySegment.NULL));
  }

  @Override
  public void close() {
    descriptor.close();
  }

  @Override
  public String toString() {
    return subject + ", " + descriptor;
  }
}
