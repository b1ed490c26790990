package io.ringtap.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.bpf.SockFprog;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.util.List;

/// Runs programs in the running kernel, without privilege: a datagram between sockets of this
/// machine passes the receiver's filter before `sendto` returns.
final class KernelLane implements AutoCloseable {
  /// What a filter on an UDP socket sees in front of the payload, and always keeps.
  static final int UDP_HEADER = 8;

  static final int MAX_PACKET = 64;
  private static final int LOOPBACK = 0x7F00_0001;
  private static final int SO_NO_CHECK = 11;
  private static final OfShort BIG_ENDIAN = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(MAX_PACKET);
  private final Socket receiver;
  private final Socket sender;
  private final MemorySegment senderName;
  private final MemorySegment receiverName;
  private final int header;

  private KernelLane(Socket receiver, Socket sender, MemorySegment local, int header)
      throws LinuxException {
    this.receiver = receiver;
    this.sender = sender;
    this.header = header;
    receiver.bind(local);
    sender.bind(local);
    receiverName = name(receiver);
    senderName = name(sender);
  }

  /// Between local sockets, where the kernel knows next to nothing of a packet but its bytes.
  static KernelLane local() throws LinuxException {
    MemorySegment familyAlone = Arena.ofAuto().allocate(JAVA_SHORT);
    familyAlone.set(JAVA_SHORT, 0, (short) SysSocket.AF_UNIX); // the kernel picks a name, unix(7)
    return new KernelLane(open(SysSocket.AF_UNIX), open(SysSocket.AF_UNIX), familyAlone, 0);
  }

  /// Over UDP and the loopback interface.
  static KernelLane udp() throws LinuxException {
    MemorySegment loopback = Arena.ofAuto().allocate(SockaddrIn.LAYOUT);
    SockaddrIn.write(loopback, 0, 0, LOOPBACK);
    Socket sender = open(SysSocket.AF_INET);
    sender.option(SysSocket.SOL_SOCKET, SO_NO_CHECK, 1, "SO_NO_CHECK");
    return new KernelLane(open(SysSocket.AF_INET), sender, loopback, UDP_HEADER);
  }

  private static Socket open(int family) throws LinuxException {
    return Socket.open(family, SysSocket.SOCK_DGRAM, 0, "a judge's socket", "");
  }

  private MemorySegment name(Socket socket) throws LinuxException {
    MemorySegment name = arena.allocate(128, 8);
    MemorySegment length = arena.allocateFrom(JAVA_INT, 128);
    int rc = Libc.getsockname(CallState.current(), socket.number(), name, length);
    LinuxException.check(rc, "getsockname", "a judge's socket");
    return name.asSlice(0, length.get(JAVA_INT, 0));
  }

  /// The mark of the packets to come, where that is allowed.
  ///
  /// @return the mark that they have
  int mark(int mark) {
    return sender.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_MARK, mark) < 0 ? 0 : mark;
  }

  /// What the filter sees of a datagram with that payload.
  MemorySegment packet(MemorySegment payload) {
    MemorySegment packet = MemorySegment.ofArray(new byte[header + (int) payload.byteSize()]);
    if (header > 0) {
      packet.set(BIG_ENDIAN, 0, (short) SockaddrIn.port(senderName, 0));
      packet.set(BIG_ENDIAN, 2, (short) SockaddrIn.port(receiverName, 0));
      packet.set(BIG_ENDIAN, 4, (short) packet.byteSize()); // and no checksum
    }
    packet.asSlice(header).copyFrom(payload);
    return packet;
  }

  /// Attaches a program as it is.
  ///
  /// @return whether the kernel takes it
  boolean accepts(List<BpfInstruction> program) throws LinuxException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment filters = call.allocate(8L * Math.max(program.size(), 1), 4);
      for (int i = 0; i < program.size(); i++) {
        BpfInstruction instruction = program.get(i);
        filters.set(JAVA_SHORT, 8L * i, (short) instruction.code());
        filters.set(JAVA_BYTE, 8L * i + 2, (byte) instruction.jt());
        filters.set(JAVA_BYTE, 8L * i + 3, (byte) instruction.jf());
        filters.set(JAVA_INT, 8L * i + 4, instruction.k());
      }
      int rc =
          receiver.tryOption(
              SysSocket.SOL_SOCKET,
              SysSocket.SO_ATTACH_FILTER,
              SockFprog.allocate(call, filters.asSlice(0, 8L * program.size())));
      if (Errno.EINVAL.is(rc)) {
        return false;
      }
      LinuxException.check(rc, "SO_ATTACH_FILTER", "a judge's socket");
      return true;
    }
  }

  /// Sends a datagram through the program that is attached.
  ///
  /// @return bytes kept of [#packet], 0 if it was dropped
  int kept(MemorySegment payload) throws LinuxException {
    buffer.copyFrom(payload);
    long sent =
        Libc.sendto(
            CallState.current(),
            sender.number(),
            buffer,
            payload.byteSize(),
            SysSocket.MSG_DONTWAIT,
            receiverName,
            (int) receiverName.byteSize());
    LinuxException.check((int) sent, "sendto", "a judge's socket");
    long received =
        Libc.recvfrom(
            CallState.current(),
            receiver.number(),
            buffer,
            MAX_PACKET,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL,
            MemorySegment.NULL);
    return Errno.EAGAIN.is(received)
        ? 0
        : header + LinuxException.check((int) received, "recvfrom", "a judge's socket");
  }

  /// What is kept of a packet by that verdict.
  int kept(int verdict, MemorySegment packet) {
    return verdict == 0
        ? 0
        : (int) Math.max(header, Math.min(Integer.toUnsignedLong(verdict), packet.byteSize()));
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    arena.close();
  }
}
