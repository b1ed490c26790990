package io.ringtap.socket;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.Icmp6Filter;
import io.ringtap.linux.abi.socket.IcmpFilter;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Opens raw ICMP sockets, those that only send and those that only receive.
///
/// The types that a socket is not to be shown are shut out by `ICMP_FILTER`, which the kernel asks
/// before it copies a packet for the socket; a BPF program is asked after that.
public final class RawSockets {
  private static final String REMEDY = "needs CAP_NET_RAW";
  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
  private static final int BROADCAST = 0xffff_ffff; // 255.255.255.255
  private static final int NO_CHECKSUM = -1; // as an `int` of IPV6_CHECKSUM

  private RawSockets() {}

  /// A socket to send through, which is shown nothing.
  ///
  /// The kernel keeps it to itself when it has no room for a packet in the interface's queue or for
  /// a neighbour, unless a socket asks for errors (`ip(7)`, IP_RECVERR). This one asks, over IPv4;
  /// over IPv6 the kernel always says so. So that it is not told of ICMP errors about whatever the
  /// host pings, it is bound to an address that none of them can have come from. The source of what
  /// it sends is chosen by routing still, as for any socket that is bound to a broadcast address
  /// (`raw_bind` in net/ipv4/raw.c).
  ///
  /// @return null if the system does not have IPv6
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static @Nullable Socket sender(boolean ipv6) throws LinuxException {
    Socket socket = open(ipv6);
    if (socket == null) {
      return null;
    }
    try (Arena setUp = Arena.ofConfined()) {
      block(socket, ipv6, setUp);
      if (!ipv6) {
        MemorySegment nobody = setUp.allocate(SockaddrIn.LAYOUT);
        SockaddrIn.write(nobody, 0, 0, BROADCAST);
        socket.bind(nobody);
        socket.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR, 1, "IP_RECVERR");
      }
      // Room for bursts to a neighbour that is still being resolved.
      buffer(socket, SysSocket.SO_SNDBUFFORCE, SysSocket.SO_SNDBUF, SEND_BUFFER_BYTES);
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// A socket to receive from, which is shown the answers that the host accepts and that `filter`
  /// passes.
  ///
  /// The kernel would drop ICMPv6 messages with a wrong checksum. They are asked for, because a
  /// damaged reply is not the same as none.
  ///
  /// @return null if the system does not have IPv6
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static @Nullable Socket receiver(boolean ipv6, BpfProgram filter) throws LinuxException {
    Socket socket = open(ipv6);
    if (socket == null) {
      return null;
    }
    try (Arena setUp = Arena.ofConfined()) {
      block(socket, ipv6, setUp);
      socket.attachFilter(filter.toSockFilters(setUp));
      buffer(socket, SysSocket.SO_RCVBUFFORCE, SysSocket.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      if (ipv6) {
        socket.option(SysSocket.SOL_RAW, NetinetIn.IPV6_CHECKSUM, NO_CHECKSUM, "IPV6_CHECKSUM");
      }
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// A socket to send whole packets through, from their IP header on (`raw(7)`, IPPROTO_RAW).
  ///
  /// @return null if the system does not have IPv6
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static @Nullable Socket packetSender(boolean ipv6) throws LinuxException {
    return open(ipv6, NetinetIn.IPPROTO_RAW);
  }

  /// A socket to receive from what comes for a transport protocol and `filter` passes, beside the
  /// sockets that it is for.
  ///
  /// @return null if the system does not have IPv6
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static @Nullable Socket segmentReceiver(boolean ipv6, int protocol, BpfProgram filter)
      throws LinuxException {
    Socket socket = open(ipv6, protocol);
    if (socket == null) {
      return null;
    }
    try (Arena setUp = Arena.ofConfined()) {
      socket.attachFilter(filter.toSockFilters(setUp));
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static @Nullable Socket open(boolean ipv6) throws LinuxException {
    return open(ipv6, ipv6 ? NetinetIn.IPPROTO_ICMPV6 : NetinetIn.IPPROTO_ICMP);
  }

  private static @Nullable Socket open(boolean ipv6, int protocol) throws LinuxException {
    int family = ipv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    try {
      return Socket.open(family, SysSocket.SOCK_RAW, protocol, "probes", REMEDY);
    } catch (LinuxException e) {
      if (ipv6 && e.errno().equals(Errno.EAFNOSUPPORT)) {
        return null;
      }
      throw e;
    }
  }

  /// Asks for a buffer, beyond the system's limit if that is permitted; as much as it gives will
  /// do.
  private static void buffer(Socket socket, int force, int ask, int bytes) {
    if (socket.tryOption(SysSocket.SOL_SOCKET, force, bytes) < 0) {
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, ask, bytes);
    }
  }

  private static void block(Socket socket, boolean ipv6, Arena setUp) throws LinuxException {
    filter(socket, ipv6, ipv6 ? Icmp6Filter.blockingAll(setUp) : IcmpFilter.blockingAll(setUp));
  }

  /// Shows a receiving socket replies and all errors.
  public static void showAnswers(Socket socket, boolean ipv6) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment passing =
          ipv6
              ? Icmp6Filter.passing(
                  setUp,
                  Icmpv6Type.DESTINATION_UNREACHABLE,
                  Icmpv6Type.ECHO_REQUEST - 1,
                  Icmpv6Type.ECHO_REPLY)
              : IcmpFilter.passing(
                  setUp,
                  IcmpType.ECHO_REPLY,
                  IcmpType.DESTINATION_UNREACHABLE,
                  IcmpType.SOURCE_QUENCH,
                  IcmpType.REDIRECT,
                  IcmpType.TIME_EXCEEDED,
                  IcmpType.PARAMETER_PROBLEM,
                  IcmpType.TIMESTAMP_REPLY);
      filter(socket, ipv6, passing);
    }
  }

  /// Shows a receiving socket replies, and nothing else.
  public static void showReplies(Socket socket, boolean ipv6) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      int reply = Icmpv6Type.ECHO_REPLY;
      MemorySegment passing =
          ipv6
              ? Icmp6Filter.passing(setUp, reply, reply, reply)
              : IcmpFilter.passing(setUp, IcmpType.ECHO_REPLY);
      filter(socket, ipv6, passing);
    }
  }

  private static void filter(Socket socket, boolean ipv6, MemorySegment types)
      throws LinuxException {
    if (ipv6) {
      socket.option(NetinetIn.IPPROTO_ICMPV6, Icmp6Filter.ICMP6_FILTER, types, "ICMP6_FILTER");
    } else {
      socket.option(SysSocket.SOL_RAW, IcmpFilter.ICMP_FILTER, types, "ICMP_FILTER");
    }
  }
}
