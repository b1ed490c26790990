package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.socket.FrameBatch;
import io.ringtap.socket.RawSockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Packets with their IP headers through a raw socket (`raw(7)`): the kernel routes each.
final class RawOutlet extends ProbeOutlet.OfMessages {
  private static final int POLL_MILLIS = 10;

  private final Socket socket;
  private final Arena arena;
  private final boolean isIpv6;
  private final int scopeId;
  private final MemorySegment addresses;
  private final MemorySegment callState;
  private final MemorySegment pollFd;

  private RawOutlet(Socket socket, Arena arena, boolean isIpv6, ProbePath path, FrameBatch batch) {
    super(batch, path.linkBytes(), 0);
    Link link = path.link();
    this.socket = socket;
    this.arena = arena;
    this.isIpv6 = isIpv6;
    scopeId = link == null ? 0 : link.index();
    addresses = arena.allocate(SockaddrIn6.LAYOUT, CAPACITY);
    callState = CallState.allocate(arena);
    pollFd = arena.allocate(PollFd.LAYOUT);
    int addressBytes = isIpv6 ? SockaddrIn6.BYTES : SockaddrIn.BYTES;
    for (int i = 0; i < CAPACITY; i++) {
      batch.name(i, addresses.asSlice(address(i), addressBytes));
    }
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @param packetBytes of each packet
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`), or if the system does not have IPv6
  static RawOutlet open(boolean isIpv6, ProbePath path, int packetBytes) throws LinuxException {
    Socket socket = RawSockets.packetSender(isIpv6);
    if (socket == null) {
      throw new LinuxException("sweep", "IPv6", Errno.EAFNOSUPPORT, "the system does not have it");
    }
    Arena arena = Arena.ofShared();
    try {
      Link link = path.link();
      if (link != null) {
        socket.option(
            SysSocket.SOL_SOCKET, SysSocket.SO_BINDTOIFINDEX, link.index(), "SO_BINDTOIFINDEX");
      }
      if (!isIpv6) {
        // Without it the kernel does not report that a queue was full (`ip(7)`).
        socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR, 1, "IP_RECVERR");
      }
      FrameBatch batch = new FrameBatch(socket.number(), CAPACITY, packetBytes, arena);
      return new RawOutlet(socket, arena, isIpv6, path, batch);
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      arena.close();
      throw e;
    }
  }

  private static long address(int index) {
    return index * (long) SockaddrIn6.BYTES;
  }

  @Override
  public int add(int bytes, SweepTarget target) {
    int index = super.add(bytes, target);
    if (isIpv6) {
      SockaddrIn6.write(addresses, address(index), 0, target.high(), target.low(), scopeId);
    } else {
      SockaddrIn.write(addresses, address(index), 0, (int) target.low());
    }
    return index;
  }

  @Override
  public void awaitRoom() {
    PollFd.set(pollFd, 0, socket.number(), PollFd.POLLOUT);
    int _ = Libc.poll(callState, pollFd, 1, POLL_MILLIS);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      socket.close();
      arena.close();
    }
  }
}
