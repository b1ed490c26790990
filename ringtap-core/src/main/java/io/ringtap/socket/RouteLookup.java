package io.ringtap.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// What the routes in the calling thread's network namespace say of a destination. Connecting a UDP
/// socket looks the route up and sends nothing (`udp(7)`).
///
/// @param refusal why there is no route, as `-errno`; 0 if there is one
/// @param source the address that packets to the destination have if they do not ask for another;
///   null if there is no route, or if nothing could be found out
/// @param mtu the MTU of the path in bytes, as far as the kernel knows it; 0 if there is no route,
///   or if nothing could be found out
public record RouteLookup(int refusal, @Nullable IpAddress source, int mtu) {
  private static final RouteLookup UNKNOWN = new RouteLookup(0, null, 0);

  /// Looks a destination up.
  ///
  /// @param scopeId the interface index that a link-local IPv6 destination needs, else 0
  /// @param interfaceIndex the interface that packets are bound to, else 0
  /// @param mark the packets' firewall mark, else 0
  public static RouteLookup of(IpAddress destination, int scopeId, int interfaceIndex, int mark) {
    int family = destination.isIpv6() ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    try (Arena arena = Arena.ofConfined();
        Socket socket = Socket.open(family, SysSocket.SOCK_DGRAM, 0, "a look-up of a route", "")) {
      option(socket, SysSocket.SO_BROADCAST, 1);
      option(socket, SysSocket.SO_MARK, mark);
      option(socket, SysSocket.SO_BINDTOIFINDEX, interfaceIndex);
      MemorySegment address = arena.allocate(SockaddrIn6.LAYOUT);
      int bytes;
      if (destination.isIpv6()) {
        bytes = SockaddrIn6.BYTES;
        SockaddrIn6.write(address, 0, 0, destination.high(), destination.low(), scopeId);
      } else {
        bytes = SockaddrIn.BYTES;
        SockaddrIn.write(address, 0, 0, (int) destination.low());
      }
      int rc = Libc.connect(CallState.current(), socket.number(), address, bytes);
      return rc < 0
          ? new RouteLookup(rc, null, 0)
          : new RouteLookup(0, source(socket, address), mtu(socket, destination.isIpv6()));
    } catch (LinuxException e) {
      return UNKNOWN; // no descriptor is left, for example
    }
  }

  private static void option(Socket socket, int option, int value) {
    if (value != 0) {
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, option, value);
    }
  }

  private static int mtu(Socket socket, boolean ipv6) throws LinuxException {
    return ipv6
        ? socket.intOption(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_MTU, "IPV6_MTU")
        : socket.intOption(NetinetIn.IPPROTO_IP, NetinetIn.IP_MTU, "IP_MTU");
  }

  /// The address that the kernel has chosen for a connected socket.
  private static @Nullable IpAddress source(Socket socket, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) address.byteSize());
      int rc = Libc.getsockname(CallState.current(), socket.number(), address, length);
      if (rc < 0) {
        return null;
      }
      return length.get(ValueLayout.JAVA_INT, 0) == SockaddrIn6.BYTES
          ? IpAddress.ofIpv6(SockaddrIn6.high(address, 0), SockaddrIn6.low(address, 0))
          : IpAddress.ofIpv4(SockaddrIn.address(address, 0));
    }
  }
}
