package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Runs programs in the running kernel, on a local datagram socket that sends to itself: a datagram
/// passes the socket's filter before `sendto` returns, and the filter sees nothing but its bytes.
final class KernelSocket implements AutoCloseable {
  private static final int MAX_PACKET = 4096;
  private static final int MAX_ADDRESS = 128; // struct sockaddr_un, sys/un.h, is shorter

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(MAX_PACKET);
  private final Socket socket;
  private final MemorySegment address;

  KernelSocket() throws LinuxException {
    socket = Socket.open(SysSocket.AF_UNIX, SysSocket.SOCK_DGRAM, 0, "the kernel's judge", "");
    MemorySegment familyAlone = arena.allocate(ValueLayout.JAVA_SHORT);
    familyAlone.set(ValueLayout.JAVA_SHORT, 0, (short) SysSocket.AF_UNIX);
    socket.bind(familyAlone); // so the kernel picks an abstract name, unix(7)
    MemorySegment name = arena.allocate(MAX_ADDRESS);
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, MAX_ADDRESS);
    int rc = Libc.getsockname(CallState.current(), socket.number(), name, length);
    LinuxException.check(rc, "getsockname", "the kernel's judge");
    address = name.asSlice(0, length.get(ValueLayout.JAVA_INT, 0));
  }

  /// Replaces the program.
  ///
  /// @throws LinuxException if the kernel refuses it
  void attach(BpfProgram program) throws LinuxException {
    try (Arena call = Arena.ofConfined()) {
      socket.attachFilter(program.toSockFilters(call));
    }
  }

  /// Replaces the program by one of eBPF.
  ///
  /// @throws LinuxException if the kernel refuses it
  void attach(LoadedProgram program) throws LinuxException {
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_ATTACH_BPF, program.number(), "SO_ATTACH_BPF");
  }

  /// Whether the attached program lets `packet` through.
  ///
  /// @param packet 1 to 4096 bytes, for of an empty one cannot be told whether it came
  boolean passes(MemorySegment packet) throws LinuxException {
    buffer.copyFrom(packet);
    long sent =
        Libc.sendto(
            CallState.current(),
            socket.number(),
            buffer,
            packet.byteSize(),
            SysSocket.MSG_DONTWAIT,
            address,
            (int) address.byteSize());
    LinuxException.check((int) sent, "sendto", "the kernel's judge");
    long received =
        Libc.recvfrom(
            CallState.current(),
            socket.number(),
            buffer,
            MAX_PACKET,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL,
            MemorySegment.NULL);
    if (Errno.EAGAIN.is(received)) {
      return false;
    }
    return LinuxException.check((int) received, "recvfrom", "the kernel's judge") > 0;
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
