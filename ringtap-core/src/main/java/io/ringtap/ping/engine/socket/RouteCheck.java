package io.ringtap.ping.engine.socket;

import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.socket.RouteLookup;

/// Asks the kernel, in the calling thread's network namespace, why it has refused a probe: the
/// error of the send call does not say all.
///
/// @param target where the probe was to go
/// @param scopeId the interface index that a link-local IPv6 target needs, else 0
/// @param form how it was to be sent: routing depends on its interface and mark
public record RouteCheck(IpAddress target, int scopeId, ProbeForm form) {
  private static final int MOST_IPV4_BYTES = 0xffff;

  /// Whether it is the routes that refuse the target with this errno. `EINVAL` and `ENETUNREACH`
  /// can also come from a source address that is not this machine's.
  public boolean refuses(Errno errno) {
    return isCertainlyRoute(errno) || (mayBeRoute(errno) && errno.is(lookUp().refusal()));
  }

  /// Whether there can be no other reason, so that a sweep of a network without a route needs no
  /// look-up for each address.
  private boolean isCertainlyRoute(Errno errno) {
    return errno.equals(Errno.ENETUNREACH)
        && form.header().source() == null
        && form.header().interfaceIndex() == 0
        && form.mode().isRouted();
  }

  private static boolean mayBeRoute(Errno errno) {
    return errno.equals(Errno.ENETUNREACH)
        || errno.equals(Errno.EHOSTUNREACH)
        || errno.equals(Errno.EACCES) // a prohibit route
        || errno.equals(Errno.EINVAL); // a blackhole route
  }

  /// The path MTU in bytes for which a probe was too long; 0 with another errno, or if it is not
  /// known.
  public int mtu(Errno errno) {
    if (!errno.equals(Errno.EMSGSIZE)) {
      return 0;
    }
    int mtu = lookUp().mtu();
    return target.isIpv6() ? mtu : Math.min(mtu, MOST_IPV4_BYTES);
  }

  private RouteLookup lookUp() {
    ProbeForm.Header header = form.header();
    return RouteLookup.of(target, scopeId, header.interfaceIndex(), header.mark());
  }
}
