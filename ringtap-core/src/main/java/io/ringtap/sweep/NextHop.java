package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.device.Route;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The router that the frames of a sweep go to.
///
/// @param link the interface that they leave by
/// @param source its link-layer address, in the low 48 bits
/// @param destination that of the router
record NextHop(Link link, long source, long destination) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int DISCARD_PORT = 9; // RFC 863

  /// The router of a route, whose link-layer address is asked for if the kernel does not know it.
  ///
  /// @return null if the route has no router, or its interface is not Ethernet
  /// @throws LinuxException if the router does not answer (`EHOSTUNREACH`)
  static @Nullable NextHop of(Route route, RtnetlinkSocket rtnetlink) throws LinuxException {
    IpAddress gateway = route.gateway();
    Link link = rtnetlink.byIndex(route.interfaceIndex()).orElse(null);
    if (gateway == null || link == null || link.hardwareType() != Link.ETHER) {
      return null;
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    OptionalLong address = rtnetlink.neighbor(gateway, link.index());
    while (address.isEmpty() && System.nanoTime() < end) {
      ask(gateway, link.index());
      LockSupport.parkNanos(PAUSE_NANOS);
      address = rtnetlink.neighbor(gateway, link.index());
    }
    if (address.isEmpty()) {
      throw new LinuxException(
          "sweep",
          gateway + " on " + link.name(),
          Errno.EHOSTUNREACH,
          "the router does not answer ARP or neighbor solicitations");
    }
    long source = Long.parseLong(link.hardwareAddress().replace(":", ""), 16);
    return new NextHop(link, source, address.getAsLong());
  }

  /// Has the kernel ask for the link-layer address, by an empty datagram to the router.
  private static void ask(IpAddress gateway, int scopeId) throws LinuxException {
    int family = gateway.isIpv6() ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    try (Arena arena = Arena.ofConfined();
        Socket socket = Socket.open(family, SysSocket.SOCK_DGRAM, 0, "a router", "")) {
      MemorySegment address = arena.allocate(SockaddrIn6.LAYOUT);
      int bytes;
      if (gateway.isIpv6()) {
        bytes = SockaddrIn6.BYTES;
        SockaddrIn6.write(address, 0, DISCARD_PORT, gateway.high(), gateway.low(), scopeId);
      } else {
        bytes = SockaddrIn.BYTES;
        SockaddrIn.write(address, 0, DISCARD_PORT, (int) gateway.low());
      }
      long _ =
          Libc.sendto(
              CallState.current(), socket.number(), arena.allocate(1), 0, 0, address, bytes);
    }
  }
}
