package io.ringtap.ping.engine.socket;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.socket.RouteLookup;

/// Asks the kernel whether its routes are why it refused a probe. The error of the send call does
/// not say so: `EINVAL` and `ENETUNREACH` can also come from a source address that is not this
/// machine's.
public final class RouteCheck {
  private RouteCheck() {}

  /// Whether the routes in the calling thread's network namespace refuse `target` with this errno.
  ///
  /// @param scopeId the interface index that a link-local IPv6 target needs, else 0
  /// @param header how the probe was to be sent: routing depends on its interface and mark
  /// @param errno why the send call failed
  public static boolean refuses(
      IpAddress target, int scopeId, ProbeForm.Header header, Errno errno) {
    return mayBeRoute(errno)
        && errno.is(
            RouteLookup.of(target, scopeId, header.interfaceIndex(), header.mark()).refusal());
  }

  private static boolean mayBeRoute(Errno errno) {
    return errno.equals(Errno.ENETUNREACH)
        || errno.equals(Errno.EHOSTUNREACH)
        || errno.equals(Errno.EACCES) // a prohibit route
        || errno.equals(Errno.EINVAL); // a blackhole route
  }
}
