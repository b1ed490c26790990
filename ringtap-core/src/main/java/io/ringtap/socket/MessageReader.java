package io.ringtap.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.linux.abi.socket.Cmsghdr;
import io.ringtap.linux.abi.socket.In6Pktinfo;
import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockDiag;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads messages from a socket in batches, each with its sender, the kernel's stamp of its
/// arrival, hop limit and traffic class. One thread owns it.
///
/// A batch is [received][#receive]; each of its messages is [selected][#select] in turn, read by
/// the accessors, and [released][#release].
///
/// Each message has a little room beside that of the others, which holds all that is usual and
/// stays in the processor's cache, and after it room for the largest packet, which costs memory
/// only where it is used.
public final class MessageReader implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int NEAR_BYTES = 512;
  private static final int FAR_BYTES = 68 * 1024; // the largest IP packet, in whole pages
  private static final int CONTROL_BYTES = 256;
  private static final long VECTORS_BYTES = 2 * Iovec.LAYOUT.byteSize();

  private final Socket socket;
  private final boolean ipv6;
  private final MemorySegment callState;
  private final MemorySegment messages;
  private final MemorySegment addresses;
  private final MemorySegment controls;
  private final MemorySegment near;
  private final Mapping far;
  private final int bufferBytes;
  private final MemorySegment meminfo;
  private final MemorySegment meminfoBytes;
  private int dropsRead; // the kernel's count when it was read last
  private long dropped;

  // The selected message.
  private int index;
  private MemorySegment memory = MemorySegment.NULL;
  private long begin;
  private long end;
  private int hopLimit;
  private int trafficClass;
  private long stamp;
  private long destinationHigh;
  private long destinationLow;

  /// A reader of `socket`, which it has deliver stamps and hop limits. It does not close it.
  ///
  /// @param isRaw whether the socket is raw: IPv4 messages then begin with the IP header, and of
  ///   IPv6 messages the destination is delivered
  public MessageReader(Socket socket, boolean ipv6, boolean isRaw, Arena arena)
      throws LinuxException {
    this.socket = socket;
    this.ipv6 = ipv6;
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
    if (ipv6) {
      socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
      if (isRaw) {
        socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
      }
      socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVTCLASS, 1, "IPV6_RECVTCLASS");
    } else if (!isRaw) {
      socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVTTL, 1, "IP_RECVTTL");
      socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVTOS, 1, "IP_RECVTOS");
    }
    callState = CallState.allocate(arena);
    messages = arena.allocate(Mmsghdr.LAYOUT, BATCH);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, BATCH);
    controls = arena.allocate((long) CONTROL_BYTES * BATCH, 8);
    near = arena.allocate((long) NEAR_BYTES * BATCH, 8);
    far = Mapping.anonymous((long) FAR_BYTES * BATCH, "large messages");
    bufferBytes = socket.intOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, "SO_RCVBUF");
    meminfo = SockDiag.allocate(arena);
    meminfoBytes = arena.allocate(ValueLayout.JAVA_INT);
    layOut(arena.allocate(VECTORS_BYTES * BATCH, 8));
  }

  private void layOut(MemorySegment vectors) {
    for (int i = 0; i < BATCH; i++) {
      long vector = i * VECTORS_BYTES;
      Iovec.set(vectors, vector, near.asSlice((long) i * NEAR_BYTES), NEAR_BYTES);
      Iovec.set(
          vectors,
          vector + Iovec.LAYOUT.byteSize(),
          far.memory().asSlice((long) i * FAR_BYTES + NEAR_BYTES),
          FAR_BYTES - NEAR_BYTES);
      Msghdr.iov(messages, i * Mmsghdr.BYTES, vectors.asSlice(vector), 2);
      Msghdr.name(messages, i * Mmsghdr.BYTES, addresses.asSlice(address(i)), SockaddrIn6.BYTES);
      Msghdr.control(
          messages, i * Mmsghdr.BYTES, controls.asSlice(control(i), CONTROL_BYTES), CONTROL_BYTES);
    }
  }

  private static long address(int index) {
    return index * (long) SockaddrIn6.BYTES;
  }

  private static long control(int index) {
    return index * (long) CONTROL_BYTES;
  }

  /// The socket's descriptor.
  public int number() {
    return socket.number();
  }

  /// Bytes of the receive buffer, as the kernel counts them.
  public int bufferBytes() {
    return bufferBytes;
  }

  /// Messages for which the socket has had no room, so far. The kernel counts them in 32 bits.
  public long dropped() {
    int rc =
        socket.readOption(
            callState, SysSocket.SOL_SOCKET, SysSocket.SO_MEMINFO, meminfo, meminfoBytes);
    if (rc >= 0) {
      int drops = SockDiag.drops(meminfo);
      dropped += Integer.toUnsignedLong(drops - dropsRead);
      dropsRead = drops;
    }
    return dropped;
  }

  /// Takes a batch from the socket, without waiting.
  ///
  /// @return messages taken, for [#select]; 0 if there are none
  public int receive() {
    return receive(SysSocket.MSG_DONTWAIT);
  }

  /// Takes a batch from the socket's error queue (`ip(7)`, IP_RECVERR), without waiting.
  ///
  /// @return messages taken, for [#select]; 0 if there are none
  public int receiveErrors() {
    return receive(SysSocket.MSG_ERRQUEUE | SysSocket.MSG_DONTWAIT);
  }

  private int receive(int flags) {
    int received =
        Libc.recvmmsg(callState, socket.number(), messages, BATCH, flags, MemorySegment.NULL);
    return Math.max(received, 0);
  }

  /// Whether a batch of so many was full, so that there may be more.
  public static boolean isFull(int received) {
    return received == BATCH;
  }

  /// Selects a message of the last batch.
  public void select(int newIndex) {
    index = newIndex;
    locate(Mmsghdr.length(messages, newIndex * Mmsghdr.BYTES));
    readControls();
  }

  /// Makes the message one piece, if it is in two.
  private void locate(int length) {
    memory = near;
    begin = (long) index * NEAR_BYTES;
    if (length > NEAR_BYTES) {
      long whole = (long) index * FAR_BYTES;
      MemorySegment.copy(near, begin, far.memory(), whole, NEAR_BYTES);
      memory = far.memory();
      begin = whole;
    }
    end = begin + length;
  }

  private void readControls() {
    hopLimit = 0;
    trafficClass = -1;
    stamp = 0;
    destinationHigh = 0;
    destinationLow = 0;
    long last = control(index) + Msghdr.controlLength(messages, index * Mmsghdr.BYTES);
    for (long at = control(index);
        Cmsghdr.isPresent(controls, at, last);
        at = Cmsghdr.next(controls, at)) {
      int type = Cmsghdr.type(controls, at);
      long data = Cmsghdr.data(at);
      switch (Cmsghdr.level(controls, at)) {
        case SysSocket.SOL_SOCKET -> {
          if (type == SysSocket.SCM_TIMESTAMPNS) {
            stamp = Timespec.nanos(controls, data);
          }
        }
        case NetinetIn.IPPROTO_IP -> {
          if (type == NetinetIn.IP_TTL) {
            hopLimit = controls.get(ValueLayout.JAVA_INT, data);
          } else if (type == NetinetIn.IP_TOS) { // one byte, unlike all others
            trafficClass = Byte.toUnsignedInt(controls.get(ValueLayout.JAVA_BYTE, data));
          }
        }
        case NetinetIn.IPPROTO_IPV6 -> {
          if (type == NetinetIn.IPV6_HOPLIMIT) {
            hopLimit = controls.get(ValueLayout.JAVA_INT, data);
          } else if (type == NetinetIn.IPV6_TCLASS) {
            trafficClass = controls.get(ValueLayout.JAVA_INT, data);
          } else if (type == NetinetIn.IPV6_PKTINFO) {
            destinationHigh = In6Pktinfo.high(controls, data);
            destinationLow = In6Pktinfo.low(controls, data);
          }
        }
        default -> {}
      }
    }
  }

  /// Gives the selected message the lengths again that the kernel has overwritten.
  public void release() {
    Msghdr.nameLength(messages, index * Mmsghdr.BYTES, SockaddrIn6.BYTES);
    Msghdr.controlLength(messages, index * Mmsghdr.BYTES, CONTROL_BYTES);
  }

  /// Where the selected message lies, until the next [#receive].
  public MemorySegment memory() {
    return memory;
  }

  /// Where it begins in [#memory].
  public long begin() {
    return begin;
  }

  /// Where it ends in [#memory].
  public long end() {
    return end;
  }

  /// The hop limit that it arrived with; 0 if it was not delivered.
  public int hopLimit() {
    return hopLimit;
  }

  /// The TOS or traffic class that it arrived with; -1 if it was not delivered.
  public int trafficClass() {
    return trafficClass;
  }

  /// The kernel's stamp of its arrival, in nanoseconds since the epoch; 0 if it has none.
  public long stamp() {
    return stamp;
  }

  /// Its address: the sender, or of an error the target. As [io.ringtap.packet.IpAddress#high].
  public long addressHigh() {
    return high(addresses, address(index));
  }

  /// Its address, as [io.ringtap.packet.IpAddress#low].
  public long addressLow() {
    return low(addresses, address(index));
  }

  /// The address that an IPv6 message on a raw socket came to.
  public long destinationHigh() {
    return destinationHigh;
  }

  /// The address that an IPv6 message on a raw socket came to.
  public long destinationLow() {
    return destinationLow;
  }

  /// The control messages of all messages.
  public MemorySegment controls() {
    return controls;
  }

  /// Where the data of the selected message's control message of a kind begins in [#controls]; -1
  /// if absent.
  public int control(int level, int type) {
    long last = control(index) + Msghdr.controlLength(messages, index * Mmsghdr.BYTES);
    for (long at = control(index);
        Cmsghdr.isPresent(controls, at, last);
        at = Cmsghdr.next(controls, at)) {
      if (Cmsghdr.level(controls, at) == level && Cmsghdr.type(controls, at) == type) {
        return (int) Cmsghdr.data(at);
      }
    }
    return -1;
  }

  /// The address in a `sockaddr` of the socket's family, as [io.ringtap.packet.IpAddress#high].
  public long high(MemorySegment sockaddr, long offset) {
    return ipv6 ? SockaddrIn6.high(sockaddr, offset) : 0;
  }

  /// The address in a `sockaddr` of the socket's family, as [io.ringtap.packet.IpAddress#low].
  public long low(MemorySegment sockaddr, long offset) {
    return ipv6
        ? SockaddrIn6.low(sockaddr, offset)
        : Integer.toUnsignedLong(SockaddrIn.address(sockaddr, offset));
  }

  /// Gives its memory back.
  @Override
  public void close() {
    far.close();
  }
}
