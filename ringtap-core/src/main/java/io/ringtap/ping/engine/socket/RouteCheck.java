package io.ringtap.ping.engine.socket;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.SockaddrIn;
import io.ringtap.linux.abi.SockaddrIn6;
import io.ringtap.linux.abi.SysSocket;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeForm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Asks the kernel whether its routes are why it refused a probe. The error of the send call does
/// not say so: `EINVAL` and `ENETUNREACH` can also come from a source address that is not this
/// machine's.
public final class RouteCheck {
  private RouteCheck() {}

  /// Whether the routes in the calling thread's network namespace refuse `target` with this errno.
  /// Connecting a UDP socket looks the route up and sends nothing (`udp(7)`).
  ///
  /// @param scopeId the interface index that a link-local IPv6 target needs, else 0
  /// @param form how the probe was to be sent: routing depends on its interface and mark
  /// @param errno why the send call failed
  public static boolean refuses(IpAddress target, int scopeId, ProbeForm form, Errno errno) {
    return mayBeRoute(errno) && errno.is(connect(target, scopeId, form));
  }

  private static boolean mayBeRoute(Errno errno) {
    return errno.equals(Errno.ENETUNREACH)
        || errno.equals(Errno.EHOSTUNREACH)
        || errno.equals(Errno.EACCES) // a prohibit route
        || errno.equals(Errno.EINVAL); // a blackhole route
  }

  /// @return 0 if there is a route, or `-errno`
  private static int connect(IpAddress target, int scopeId, ProbeForm form) {
    int family = target.isIpv6() ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    int type = SysSocket.SOCK_DGRAM;
    try (Arena arena = Arena.ofConfined();
        Socket socket =
            Socket.open(family, type, 0, "socket(SOCK_DGRAM)", "a look-up of a route", "")) {
      option(socket, SysSocket.SO_BROADCAST, 1);
      option(socket, SysSocket.SO_MARK, form.mark());
      option(socket, SysSocket.SO_BINDTOIFINDEX, form.interfaceIndex());
      MemorySegment address;
      if (target.isIpv6()) {
        address = arena.allocate(SockaddrIn6.LAYOUT);
        SockaddrIn6.write(address, 0, 0, target.high(), target.low(), scopeId);
      } else {
        address = arena.allocate(SockaddrIn.LAYOUT);
        SockaddrIn.write(address, 0, 0, (int) target.low());
      }
      return Libc.connect(CallState.current(), socket.number(), address, (int) address.byteSize());
    } catch (LinuxException e) {
      return 0; // no descriptor is left, for example: nothing is known of the route
    }
  }

  private static void option(Socket socket, int option, int value) {
    if (value != 0) {
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, option, value);
    }
  }
}
