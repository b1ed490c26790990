package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Cmsghdr;
import io.ringtap.linux.abi.In6Pktinfo;
import io.ringtap.linux.abi.Iovec;
import io.ringtap.linux.abi.Mmsghdr;
import io.ringtap.linux.abi.Msghdr;
import io.ringtap.linux.abi.NetinetIn;
import io.ringtap.linux.abi.SockDiag;
import io.ringtap.linux.abi.SockExtendedErr;
import io.ringtap.linux.abi.SockaddrIn;
import io.ringtap.linux.abi.SockaddrIn6;
import io.ringtap.linux.abi.SysSocket;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads answers from an ICMP socket, raw or datagram, in batches, with the kernel's receive stamp
/// and the hop limit. The receiving thread owns it.
///
/// Each message has a little room beside that of the others, which holds all that is usual and
/// stays in the processor's cache, and behind it room for the largest packet, which costs memory
/// only where it is used.
final class SocketReader implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int NEAR_BYTES = 512;
  private static final int FAR_BYTES = 68 * 1024; // the largest IP packet, in whole pages
  private static final int CONTROL_BYTES = 256;
  private static final int MOST_ERRORS = 1024;
  private static final long VECTORS_BYTES = 2 * Iovec.LAYOUT.byteSize();

  private final Socket socket;
  private final boolean ipv6;
  private final boolean isRaw;
  private final EchoMessage message = new EchoMessage();
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

  /// A reader of `socket`, which it has deliver stamps and hop limits. It does not close it.
  ///
  /// @param isRaw whether the socket is raw: IPv4 messages then begin with the IP header, and
  ///   nobody has checked the sums of any
  SocketReader(Socket socket, boolean ipv6, boolean isRaw, IdentifierBlock identifiers, Arena arena)
      throws LinuxException {
    message.identifiers = identifiers;
    this.socket = socket;
    this.ipv6 = ipv6;
    this.isRaw = isRaw;
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
    if (ipv6) {
      socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
      if (isRaw) {
        socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
      }
    } else if (!isRaw) {
      socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVTTL, 1, "IP_RECVTTL");
    }
    callState = CallState.allocate(arena);
    messages = arena.allocate(Mmsghdr.LAYOUT, BATCH);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, BATCH);
    controls = arena.allocate((long) CONTROL_BYTES * BATCH, 8);
    near = arena.allocate((long) NEAR_BYTES * BATCH, 8);
    far = Mapping.anonymous((long) FAR_BYTES * BATCH, "large replies");
    bufferBytes = socket.intOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, "SO_RCVBUF");
    meminfo = SockDiag.allocate(arena);
    meminfoBytes = arena.allocate(ValueLayout.JAVA_INT);
    message.isChecked = !isRaw;
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

  int number() {
    return socket.number();
  }

  /// Bytes of the receive buffer, as the kernel counts them.
  int bufferBytes() {
    return bufferBytes;
  }

  /// Messages for which the socket has had no room, so far. The kernel counts them in 32 bits.
  long dropped() {
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
  /// @return messages taken, for [#show]; 0 if there are none
  int receive() {
    int received =
        Libc.recvmmsg(
            callState,
            socket.number(),
            messages,
            BATCH,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL);
    return Math.max(received, 0);
  }

  /// Whether a batch of so many was full, so that there may be more.
  static boolean isFull(int received) {
    return received == BATCH;
  }

  /// Shows `judge` what the last [#receive] took.
  void show(int received, ProbeJudge judge) {
    for (int i = 0; i < received; i++) {
      show(judge, i);
      restore(i);
    }
  }

  /// Shows `judge` the ICMP errors that wait in the socket's error queue (`ip(7)`, IP_RECVERR).
  ///
  /// @return errors shown
  int drainErrors(ProbeJudge judge) {
    for (int shown = 0; shown < MOST_ERRORS; shown++) {
      long received =
          Libc.recvmsg(
              callState,
              socket.number(),
              messages,
              SysSocket.MSG_ERRQUEUE | SysSocket.MSG_DONTWAIT);
      if (received < 0) {
        return shown;
      }
      showError(received, judge);
      restore(0);
    }
    return MOST_ERRORS;
  }

  /// Gives a message the lengths again that the kernel has overwritten.
  private void restore(int index) {
    Msghdr.nameLength(messages, index * Mmsghdr.BYTES, SockaddrIn6.BYTES);
    Msghdr.controlLength(messages, index * Mmsghdr.BYTES, CONTROL_BYTES);
  }

  private void show(ProbeJudge judge, int index) {
    long packet = locate(index, Mmsghdr.length(messages, index * Mmsghdr.BYTES));
    message.icmp = packet;
    message.fromHigh = high(addresses, address(index));
    message.fromLow = low(addresses, address(index));
    message.hopLimit = 0;
    message.stamp = 0;
    readControls(index);
    if (isRaw && !ipv6) {
      if (!Ipv4Header.isWhole(message.memory, packet, message.end)) {
        return;
      }
      message.icmp += Ipv4Header.headerLength(message.memory, packet);
      message.hopLimit = Ipv4Header.timeToLive(message.memory, packet);
    }
    if (!IcmpHeader.isWhole(message.memory, message.icmp, message.end)) {
      return;
    }
    int type = IcmpHeader.type(message.memory, message.icmp);
    if (type == (ipv6 ? Icmpv6Type.ECHO_REPLY : IcmpType.ECHO_REPLY)) {
      judge.onReply(message);
    } else if (isRaw) {
      judge.onError(message);
    }
  }

  /// Makes the message one piece, if it is in two.
  ///
  /// @return where it begins
  private long locate(int index, int length) {
    long packet = (long) index * NEAR_BYTES;
    message.memory = near;
    if (length > NEAR_BYTES) {
      long whole = (long) index * FAR_BYTES;
      MemorySegment.copy(near, packet, far.memory(), whole, NEAR_BYTES);
      message.memory = far.memory();
      packet = whole;
    }
    message.end = packet + length;
    return packet;
  }

  /// Reads stamp, hop limit and destination from a message's control messages.
  private void readControls(int index) {
    long last = control(index) + Msghdr.controlLength(messages, index * Mmsghdr.BYTES);
    for (long at = control(index);
        Cmsghdr.isPresent(controls, at, last);
        at = Cmsghdr.next(controls, at)) {
      int type = Cmsghdr.type(controls, at);
      long data = Cmsghdr.data(at);
      switch (Cmsghdr.level(controls, at)) {
        case SysSocket.SOL_SOCKET -> {
          if (type == SysSocket.SCM_TIMESTAMPNS) {
            message.stamp = Timespec.nanos(controls, data);
          }
        }
        case NetinetIn.IPPROTO_IP -> {
          if (type == NetinetIn.IP_TTL) {
            message.hopLimit = controls.get(ValueLayout.JAVA_INT, data);
          }
        }
        case NetinetIn.IPPROTO_IPV6 -> {
          if (type == NetinetIn.IPV6_HOPLIMIT) {
            message.hopLimit = controls.get(ValueLayout.JAVA_INT, data);
          } else if (type == NetinetIn.IPV6_PKTINFO) {
            message.pseudoSum = pseudoSum(data);
          }
        }
        default -> {}
      }
    }
  }

  private long pseudoSum(long destination) {
    return Checksum.pseudoHeader(
        message.fromHigh,
        message.fromLow,
        In6Pktinfo.high(controls, destination),
        In6Pktinfo.low(controls, destination),
        IpProtocol.ICMPV6,
        (int) (message.end - message.icmp));
  }

  /// The queue holds the probe from its ICMP header on, the target as the message's address, and
  /// the error and who reported it as a control message.
  private void showError(long received, ProbeJudge judge) {
    int error =
        ipv6
            ? control(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVERR)
            : control(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR);
    if (error < 0 || !IcmpHeader.isWhole(near, 0, received)) {
      return;
    }
    int origin = ipv6 ? SockExtendedErr.SO_EE_ORIGIN_ICMP6 : SockExtendedErr.SO_EE_ORIGIN_ICMP;
    if (SockExtendedErr.origin(controls, error) != origin) {
      return;
    }
    // The socket's own identifier stands for the quoted one, which the kernel has matched already.
    IdentifierBlock identifiers = message.identifiers;
    int probe = identifiers.probe(identifiers.base(), IcmpHeader.sequence(near, 0));
    long offender = SockExtendedErr.offender(error);
    message.fromHigh = high(controls, offender);
    message.fromLow = low(controls, offender);
    message.hopLimit = 0; // the queue does not keep it
    message.targetHigh = high(addresses, 0);
    message.targetLow = low(addresses, 0);
    int stamp = control(SysSocket.SOL_SOCKET, SysSocket.SCM_TIMESTAMPNS);
    message.stamp = stamp < 0 ? 0 : Timespec.nanos(controls, stamp);
    int type = SockExtendedErr.type(controls, error);
    int code = SockExtendedErr.code(controls, error);
    boolean hasMtu = ipv6 ? Icmpv6Type.hasMtu(type) : IcmpType.hasMtu(type, code);
    int mtu = hasMtu ? SockExtendedErr.info(controls, error) : 0;
    judge.onRefusal(probe, message, type, code, mtu);
  }

  /// Where the data of the first message's control message of a kind begins; -1 if absent.
  private int control(int level, int type) {
    long last = Msghdr.controlLength(messages, 0);
    for (long at = 0; Cmsghdr.isPresent(controls, at, last); at = Cmsghdr.next(controls, at)) {
      if (Cmsghdr.level(controls, at) == level && Cmsghdr.type(controls, at) == type) {
        return (int) Cmsghdr.data(at);
      }
    }
    return -1;
  }

  private long high(MemorySegment memory, long offset) {
    return ipv6 ? SockaddrIn6.high(memory, offset) : 0;
  }

  private long low(MemorySegment memory, long offset) {
    return ipv6
        ? SockaddrIn6.low(memory, offset)
        : ProbeTable.ipv4(SockaddrIn.address(memory, offset));
  }

  /// Gives its memory back.
  @Override
  public void close() {
    far.close();
  }
}
