package io.ringtap.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An AF_PACKET socket that sends whole frames by one interface and hears nothing (`packet(7)`).
///
/// One thread at a time uses it, and none while it is closed.
public final class SendSocket implements AutoCloseable {
  private final Socket socket;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final MemorySegment pollFd = arena.allocate(PollFd.LAYOUT);

  private SendSocket(Socket socket) {
    this.socket = socket;
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @param subject what exceptions call it
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static SendSocket open(String subject) throws LinuxException {
    // Protocol 0, so that no packet is ever shown to it.
    return new SendSocket(
        Socket.open(SysSocket.AF_PACKET, SysSocket.SOCK_RAW, 0, subject, PacketSocket.REMEDY));
  }

  /// Hands frames to the driver past the queueing discipline, so that neither `tc` shapes them nor
  /// a capture on this machine sees them (`PACKET_QDISC_BYPASS`).
  ///
  /// @throws LinuxException if the kernel refuses
  public void bypassQdisc() throws LinuxException {
    socket.option(SysSocket.SOL_PACKET, IfPacket.PACKET_QDISC_BYPASS, 1, "PACKET_QDISC_BYPASS");
  }

  /// Sets the memory of frames that are on their way. Beyond the system's limit it takes
  /// CAP_NET_ADMIN; without it the limit is what there is.
  ///
  /// @throws LinuxException if the kernel refuses
  public void sendBuffer(int bytes) throws LinuxException {
    // The kernel doubles what it is given, for its own overhead.
    int half = bytes / 2;
    if (socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_SNDBUFFORCE, half) < 0) {
      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_SNDBUF, half, "SO_SNDBUF");
    }
  }

  /// Sends by that interface from now on.
  ///
  /// @throws LinuxException if there is no such interface (`ENODEV`)
  public void bind(int ifindex) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment address = setUp.allocate(SockaddrLl.LAYOUT);
      SockaddrLl.write(address, 0, 0, ifindex);
      socket.bind(address);
    }
  }

  /// A batch of at most `capacity` frames of at most `frameBytes` bytes each, whose memory goes
  /// with the socket.
  public FrameBatch batch(int capacity, int frameBytes) {
    return new FrameBatch(socket.number(), capacity, frameBytes, arena);
  }

  /// Waits until the send buffer has room, and no longer than `timeoutMillis`.
  public void awaitRoom(int timeoutMillis) {
    PollFd.set(pollFd, 0, socket.number(), PollFd.POLLOUT);
    int _ = Libc.poll(callState, pollFd, 1, timeoutMillis);
  }

  public boolean isOpen() {
    return socket.descriptor().isOpen();
  }

  @Override
  public void close() {
    if (isOpen()) {
      socket.close();
      arena.close();
    }
  }
}
