package io.ringtap.testnet;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Rtmsg;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The routes of a [NetworkNamespace]. Destinations are prefixes such as `10.1.0.0/16`; bits after
/// the length are ignored. Every call throws `LinuxException` if the kernel refuses (`EEXIST` if
/// the destination already has a route, `ENETUNREACH` if no link reaches the gateway) and
/// [IllegalArgumentException] if an address is malformed, and returns this object.
public final class Routes {
  private final NetworkNamespace namespace;

  Routes(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  /// Routes the destination through a gateway.
  public Routes via(String destination, String gateway) throws IOException {
    return add(destination, Rtnetlink.RTN_UNICAST, null, Prefix.parse(gateway));
  }

  /// Routes the destination to an interface, on whose link its hosts then are.
  public Routes device(String destination, Link link) throws IOException {
    return add(destination, Rtnetlink.RTN_UNICAST, link, null);
  }

  /// Makes every address of the destination local to this namespace, so that its kernel answers
  /// echo requests for all of them.
  public Routes local(String destination) throws IOException {
    return add(destination, Rtnetlink.RTN_LOCAL, namespace.link("lo"), null);
  }

  /// Silently drops packets to the destination.
  public Routes blackhole(String destination) throws IOException {
    return add(destination, Rtnetlink.RTN_BLACKHOLE, null, null);
  }

  /// Refuses packets to the destination: forwarded ones with ICMP host unreachable (ICMPv6 no
  /// route), local ones with `EHOSTUNREACH`.
  public Routes unreachable(String destination) throws IOException {
    return add(destination, Rtnetlink.RTN_UNREACHABLE, null, null);
  }

  /// Refuses packets to the destination: forwarded ones with ICMP communication administratively
  /// prohibited, local ones with `EACCES`.
  public Routes prohibit(String destination) throws IOException {
    return add(destination, Rtnetlink.RTN_PROHIBIT, null, null);
  }

  private Routes add(String text, int type, @Nullable Link link, @Nullable Prefix gateway)
      throws LinuxException {
    Prefix destination = Prefix.parse(text).network();
    return namespace.netlink((netlink, arena) -> {
      int flags = Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_NEWROUTE, flags);
      Rtmsg.write(
          request.memory(),
          request.struct(Rtmsg.BYTES),
          destination.family(),
          destination.length(),
          type == Rtnetlink.RTN_LOCAL ? Rtnetlink.RT_TABLE_LOCAL : Rtnetlink.RT_TABLE_MAIN,
          scope(type, gateway),
          type);
      request.add(Rtnetlink.RTA_DST, destination.bytes());
      if (gateway != null) {
        request.add(Rtnetlink.RTA_GATEWAY, gateway.bytes());
      }
      if (link != null) {
        request.add(Rtnetlink.RTA_OIF, link.index(netlink, arena));
      }
      netlink.execute(request, "RTM_NEWROUTE " + destination, namespace.toString());
      return this;
    });
  }

  /// The scope of the destination, which the kernel checks for IPv4: host, link, or global.
  private static int scope(int type, @Nullable Prefix gateway) {
    if (type == Rtnetlink.RTN_LOCAL) {
      return Rtnetlink.RT_SCOPE_HOST;
    }
    return type == Rtnetlink.RTN_UNICAST && gateway == null
        ? Rtnetlink.RT_SCOPE_LINK
        : Rtnetlink.RT_SCOPE_UNIVERSE;
  }
}
