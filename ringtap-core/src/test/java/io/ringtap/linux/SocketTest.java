package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class SocketTest {
  private static final int LOOPBACK = 0x7F00_0001;
  private static final int ANY_PORT = 0;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment callState = CallState.current();

  @Test
  void bindsToTheAddressThatTheKernelThenTells() throws IOException {
    try (Socket socket = bound()) {
      MemorySegment name = name(socket);

      assertThat(SockaddrIn.address(name, 0)).isEqualTo(LOOPBACK);
      assertThat(SockaddrIn.port(name, 0)).isPositive();
    }
  }

  @Test
  void readsBackTheOptionThatItSet() throws IOException {
    try (Socket socket = bound()) {
      MemorySegment value = arena.allocate(JAVA_INT);

      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, 16384, "SO_RCVBUF");
      int rc =
          socket.readOption(
              callState,
              SysSocket.SOL_SOCKET,
              SysSocket.SO_RCVBUF,
              value,
              arena.allocate(JAVA_INT));

      assertThat(rc).isZero();
      assertThat(value.get(JAVA_INT, 0)).as("doubled by the kernel, socket(7)").isEqualTo(32768);
    }
  }

  @Test
  void filtersInTheKernel() throws IOException {
    try (Socket open = bound();
        Socket shut = bound()) {
      shut.attachFilter(returning(0));

      send(open, open);
      send(open, shut);

      assertThat(receive(open)).isEqualTo(1);
      assertThat(receive(shut)).isEqualTo(-Errno.EAGAIN.number());
    }
  }

  @Test
  void saysWhyTheKernelRefused() throws IOException {
    try (Socket socket = bound()) {
      MemorySegment endless =
          arena.allocate(8); // BPF_LD alone: no program may end without a return

      assertThatThrownBy(() -> socket.attachFilter(endless))
          .isInstanceOf(LinuxException.class)
          .hasMessage("setsockopt(SO_ATTACH_FILTER) for the test: EINVAL (invalid argument)");
      assertThat(socket.tryOption(SysSocket.SOL_SOCKET, 9999, 1))
          .isEqualTo(-Errno.ENOPROTOOPT.number());
    }
    assertThatThrownBy(() -> Socket.open(9999, 1, 0, "the test", "choose a family"))
        .isInstanceOf(LinuxException.class)
        .hasMessage(
            "socket(9999, SOCK_STREAM) for the test: EAFNOSUPPORT (address family not supported):"
                + " choose a family");
  }

  @Test
  void givesTheDescriptorBackAndRefusesLaterCalls() throws IOException {
    long before = OpenDescriptors.count();
    Socket socket = bound();

    socket.close();
    socket.close();

    assertThatThrownBy(() -> socket.option(1, 8, 4096, "SO_RCVBUF"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }

  private Socket bound() throws IOException {
    Socket socket = Socket.open(SysSocket.AF_INET, SysSocket.SOCK_DGRAM, 0, "the test", "");
    MemorySegment address = arena.allocate(SockaddrIn.LAYOUT);
    SockaddrIn.write(address, 0, ANY_PORT, LOOPBACK);
    socket.bind(address);
    return socket;
  }

  private MemorySegment name(Socket socket) {
    MemorySegment address = arena.allocate(SockaddrIn.LAYOUT);
    MemorySegment room = arena.allocateFrom(JAVA_INT, SockaddrIn.BYTES);
    assertThat(Libc.getsockname(callState, socket.number(), address, room)).isZero();
    assertThat(room.get(JAVA_INT, 0)).isEqualTo(SockaddrIn.BYTES);
    return address;
  }

  private void send(Socket from, Socket to) {
    long sent =
        Libc.sendto(
            callState, from.number(), arena.allocate(JAVA_BYTE), 1, 0, name(to), SockaddrIn.BYTES);
    assertThat(sent).isEqualTo(1);
  }

  private long receive(Socket socket) {
    return Libc.recvfrom(
        callState,
        socket.number(),
        arena.allocate(JAVA_BYTE),
        1,
        SysSocket.MSG_DONTWAIT,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }

  /// `struct sock_filter { BPF_RET | BPF_K, 0, 0, value }`.
  private MemorySegment returning(int value) {
    MemorySegment instruction = arena.allocate(8, 4);
    instruction.set(JAVA_BYTE, 0, (byte) 0x06);
    instruction.set(JAVA_INT, 4, value);
    return instruction;
  }
}
