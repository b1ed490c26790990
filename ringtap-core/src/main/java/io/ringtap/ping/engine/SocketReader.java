package io.ringtap.ping.engine;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Cmsghdr;
import io.ringtap.linux.abi.Iovec;
import io.ringtap.linux.abi.Mmsghdr;
import io.ringtap.linux.abi.Msghdr;
import io.ringtap.linux.abi.NetinetIn;
import io.ringtap.linux.abi.SockExtendedErr;
import io.ringtap.linux.abi.SockaddrIn;
import io.ringtap.linux.abi.SockaddrIn6;
import io.ringtap.linux.abi.SysSocket;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.Ipv4Header;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads echo replies from an ICMP socket, raw or datagram, in batches, with the kernel's receive
/// stamp and the hop limit from control messages. The receiving thread owns it.
final class SocketReader {
  private static final int BATCH = 16;
  private static final int PACKET_BYTES = 66 * 1024; // the largest IP packet, and no power of two
  private static final int CONTROL_BYTES = 256;
  private static final int MOST_BATCHES = 64;

  private final Socket socket;
  private final boolean ipv6;
  private final boolean startsWithIpHeader;
  private final EchoMessage message = new EchoMessage();
  private final MemorySegment callState;
  private final MemorySegment messages;
  private final MemorySegment vectors;
  private final MemorySegment addresses;
  private final MemorySegment controls;
  private final MemorySegment packets;

  /// A reader of `socket`, which it has deliver stamps and hop limits.
  ///
  /// @param startsWithIpHeader whether packets begin with the IP header, as on raw IPv4 sockets
  SocketReader(
      Socket socket,
      boolean ipv6,
      boolean startsWithIpHeader,
      IdentifierBlock identifiers,
      Arena arena)
      throws LinuxException {
    message.identifiers = identifiers;
    this.socket = socket;
    this.ipv6 = ipv6;
    this.startsWithIpHeader = startsWithIpHeader;
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
    if (ipv6) {
      socket.option(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
    } else {
      socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVTTL, 1, "IP_RECVTTL");
    }
    callState = CallState.allocate(arena);
    messages = arena.allocate(Mmsghdr.LAYOUT, BATCH);
    vectors = arena.allocate(Iovec.LAYOUT, BATCH);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, BATCH);
    controls = arena.allocate((long) CONTROL_BYTES * BATCH, 8);
    packets = arena.allocate((long) PACKET_BYTES * BATCH, 8);
    message.memory = packets;
    // The kernel has checked the sums of ICMPv6 and of datagram sockets.
    message.isChecked = ipv6 || !startsWithIpHeader;
    for (int i = 0; i < BATCH; i++) {
      long vector = i * Iovec.LAYOUT.byteSize();
      Iovec.set(vectors, vector, packets.asSlice((long) i * PACKET_BYTES), PACKET_BYTES);
      Msghdr.iov(messages, i * Mmsghdr.BYTES, vectors.asSlice(vector), 1);
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

  /// Shows `judge` the replies that have arrived, up to more than a receive buffer holds.
  ///
  /// @return replies shown
  int drain(ProbeJudge judge) {
    int shown = 0;
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      int received =
          Libc.recvmmsg(
              callState,
              socket.number(),
              messages,
              BATCH,
              SysSocket.MSG_DONTWAIT,
              MemorySegment.NULL);
      for (int i = 0; i < received; i++) {
        show(i, judge);
        restore(i);
      }
      shown += Math.max(received, 0);
      if (received < BATCH) {
        break;
      }
    }
    return shown;
  }

  /// Shows `judge` the ICMP errors that wait in the socket's error queue (`ip(7)`, IP_RECVERR).
  ///
  /// @return errors shown
  int drainErrors(ProbeJudge judge) {
    for (int shown = 0; shown < MOST_BATCHES; shown++) {
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
    return MOST_BATCHES;
  }

  /// Gives a message the lengths again that the kernel has overwritten.
  private void restore(int index) {
    Msghdr.nameLength(messages, index * Mmsghdr.BYTES, SockaddrIn6.BYTES);
    Msghdr.controlLength(messages, index * Mmsghdr.BYTES, CONTROL_BYTES);
  }

  private void show(int index, ProbeJudge judge) {
    long packet = (long) index * PACKET_BYTES;
    long end = packet + Mmsghdr.length(messages, index * Mmsghdr.BYTES);
    long icmp = packet;
    if (startsWithIpHeader) {
      if (!Ipv4Header.isWhole(packets, packet, end)) {
        return;
      }
      icmp += Ipv4Header.headerLength(packets, packet);
    }
    if (!IcmpHeader.isWhole(packets, icmp, end)
        || IcmpHeader.type(packets, icmp) != (ipv6 ? Icmpv6Type.ECHO_REPLY : IcmpType.ECHO_REPLY)) {
      return;
    }
    int hopLimitMessage =
        ipv6
            ? control(index, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_HOPLIMIT)
            : control(index, NetinetIn.IPPROTO_IP, NetinetIn.IP_TTL);
    message.hopLimit =
        hopLimitMessage < 0 ? 0 : controls.get(ValueLayout.JAVA_INT, hopLimitMessage);
    message.icmp = icmp;
    message.end = end;
    message.fromHigh = high(addresses, address(index));
    message.fromLow = low(addresses, address(index));
    message.stamp = stamp(index);
    judge.onReply(message);
  }

  /// The queue holds the probe from its ICMP header on, the target as the message's address, and
  /// the error and who reported it as a control message.
  private void showError(long received, ProbeJudge judge) {
    int error =
        ipv6
            ? control(0, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVERR)
            : control(0, NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR);
    if (error < 0 || !IcmpHeader.isWhole(packets, 0, received)) {
      return;
    }
    int origin = ipv6 ? SockExtendedErr.SO_EE_ORIGIN_ICMP6 : SockExtendedErr.SO_EE_ORIGIN_ICMP;
    if (SockExtendedErr.origin(controls, error) != origin) {
      return;
    }
    // The socket's own identifier stands for the quoted one, which the kernel has matched already.
    IdentifierBlock identifiers = message.identifiers;
    int probe = identifiers.probe(identifiers.base(), IcmpHeader.sequence(packets, 0));
    long offender = SockExtendedErr.offender(error);
    message.fromHigh = high(controls, offender);
    message.fromLow = low(controls, offender);
    message.hopLimit = 0; // the queue does not keep it
    message.targetHigh = high(addresses, 0);
    message.targetLow = low(addresses, 0);
    message.stamp = stamp(0);
    int type = SockExtendedErr.type(controls, error);
    int code = SockExtendedErr.code(controls, error);
    boolean hasMtu = ipv6 ? Icmpv6Type.hasMtu(type) : IcmpType.hasMtu(type, code);
    int mtu = hasMtu ? SockExtendedErr.info(controls, error) : 0;
    judge.onRefusal(probe, message, type, code, mtu);
  }

  private long stamp(int index) {
    int data = control(index, SysSocket.SOL_SOCKET, SysSocket.SCM_TIMESTAMPNS);
    return data < 0 ? 0 : Timespec.nanos(controls, data);
  }

  /// Where the data of a message's control message of a kind begins; -1 if there is none.
  private int control(int index, int level, int type) {
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

  private long high(MemorySegment memory, long offset) {
    return ipv6 ? SockaddrIn6.high(memory, offset) : 0;
  }

  private long low(MemorySegment memory, long offset) {
    return ipv6
        ? SockaddrIn6.low(memory, offset)
        : ProbeTable.ipv4(SockaddrIn.address(memory, offset));
  }
}
