package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.socket.MessageBatch;
import io.ringtap.socket.RawSockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Packets with their IP headers through a raw socket (`raw(7)`): the kernel routes each.
final class RawOutlet implements ProbeOutlet {
  private static final int POLL_MILLIS = 10;

  private final Socket socket;
  private final Arena arena;
  private final boolean isIpv6;
  private final int scopeId;
  private final int linkBytes;
  private final int stride;
  private final MessageBatch batch;
  private final MemorySegment vectors;
  private final MemorySegment addresses;
  private final MemorySegment packets;
  private final MemorySegment callState;
  private final MemorySegment pollFd;

  private RawOutlet(Socket socket, Arena arena, boolean isIpv6, ProbePath path, int packetBytes) {
    Link link = path.link();
    this.socket = socket;
    this.arena = arena;
    this.isIpv6 = isIpv6;
    scopeId = link == null ? 0 : link.index();
    linkBytes = path.linkBytes();
    stride = (packetBytes + 63) / 64 * 64;
    batch = new MessageBatch(CAPACITY, arena);
    vectors = arena.allocate(Iovec.LAYOUT, CAPACITY);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, CAPACITY);
    packets = arena.allocate((long) stride * CAPACITY, 64);
    callState = CallState.allocate(arena);
    pollFd = arena.allocate(PollFd.LAYOUT);
    int addressBytes = isIpv6 ? SockaddrIn6.BYTES : SockaddrIn.BYTES;
    for (int i = 0; i < CAPACITY; i++) {
      long message = i * Mmsghdr.BYTES;
      Msghdr.name(batch.headers(), message, addresses.asSlice(address(i)), addressBytes);
      Iovec.set(vectors, vector(i), packets.asSlice(offset(i), packetBytes), packetBytes);
      Msghdr.iov(batch.headers(), message, vectors.asSlice(vector(i)), 1);
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
        // Without it the kernel keeps to itself that a queue was full (`ip(7)`).
        socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR, 1, "IP_RECVERR");
      }
      return new RawOutlet(socket, arena, isIpv6, path, packetBytes);
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      arena.close();
      throw e;
    }
  }

  private static long address(int index) {
    return index * (long) SockaddrIn6.BYTES;
  }

  private static long vector(int index) {
    return index * Iovec.LAYOUT.byteSize();
  }

  @Override
  public MemorySegment memory() {
    return packets;
  }

  @Override
  public long offset(int index) {
    return (long) index * stride;
  }

  @Override
  public int linkBytes() {
    return linkBytes;
  }

  @Override
  public boolean isFull() {
    return batch.isFull();
  }

  @Override
  public int add(int bytes, SweepTarget target) {
    int index = batch.add();
    if (isIpv6) {
      SockaddrIn6.write(addresses, address(index), 0, target.high(), target.low(), scopeId);
    } else {
      SockaddrIn.write(addresses, address(index), 0, (int) target.low());
    }
    return index;
  }

  @Override
  public int size() {
    return batch.size();
  }

  @Override
  public int done() {
    return batch.done();
  }

  @Override
  public int firstChangeable() {
    return batch.done();
  }

  @Override
  public int send() {
    return batch.send(socket.number(), SysSocket.MSG_DONTWAIT);
  }

  @Override
  public void awaitRoom() {
    PollFd.set(pollFd, 0, socket.number(), PollFd.POLLOUT);
    int _ = Libc.poll(callState, pollFd, 1, POLL_MILLIS);
  }

  @Override
  public void skip() {
    batch.skip();
  }

  @Override
  public void clear() {
    batch.clear();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      socket.close();
      arena.close();
    }
  }
}
