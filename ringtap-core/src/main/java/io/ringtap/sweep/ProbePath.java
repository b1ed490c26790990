package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.device.Route;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the probes of one address family leave.
///
/// @param kind of sender, never [SenderKind#AUTO]
/// @param source of all of them
/// @param link the interface that was asked for; null leaves the choice to routing
/// @param hop the router that all go to; null with a raw socket
/// @param linkBytes bytes that frames have before the IP header on the link of the first target
record ProbePath(
    SenderKind kind, IpAddress source, @Nullable Link link, @Nullable NextHop hop, int linkBytes) {
  /// Targets whose routes are compared. The others are taken to have the same.
  private static final int SAMPLES = 256;

  /// Positions that are searched for a target of a family.
  private static final long MOST_SEARCHED = 1 << 16;

  /// Asks the routes of the calling thread's network namespace.
  ///
  /// @throws LinuxException if there is no route to any of the targets that were looked at, no such
  ///   interface, or if the sender that was asked for does not fit
  static ProbePath of(SweepTargets targets, boolean isIpv6, SweepOptions.Origin origin)
      throws LinuxException {
    try (RtnetlinkSocket rtnetlink = RtnetlinkSocket.open()) {
      Link link = link(rtnetlink, origin.interfaceName());
      Search search = new Search(targets, isIpv6, rtnetlink, link == null ? 0 : link.index());
      Route route = search.first();
      IpAddress source = source(origin, isIpv6, route);
      SenderKind asked = origin.sender();
      NextHop hop =
          switch (asked) {
            case RAW -> null;
            case PACKET, XDP -> requireHop(route, rtnetlink);
            case AUTO -> search.isSameForAll(route) ? NextHop.of(route, rtnetlink) : null;
          };
      SenderKind kind =
          asked == SenderKind.AUTO ? hop == null ? SenderKind.RAW : SenderKind.PACKET : asked;
      int linkBytes =
          rtnetlink
              .byIndex(route.interfaceIndex())
              .filter(out -> out.linkType().equals(LinkType.ETHERNET))
              .map(_ -> EthernetHeader.BYTES)
              .orElse(0);
      return new ProbePath(kind, source, link, hop, linkBytes);
    }
  }

  private static @Nullable Link link(RtnetlinkSocket rtnetlink, @Nullable String name)
      throws LinuxException {
    if (name == null) {
      return null;
    }
    return rtnetlink
        .byName(name)
        .orElseThrow(() -> new LinuxException("sweep", name, Errno.ENODEV, "no such interface"));
  }

  private static IpAddress source(SweepOptions.Origin origin, boolean isIpv6, Route route)
      throws LinuxException {
    IpAddress asked = origin.source();
    IpAddress source = asked != null && asked.isIpv6() == isIpv6 ? asked : route.source();
    if (source == null) {
      throw new LinuxException(
          "sweep", "the source", Errno.EADDRNOTAVAIL, "the route has none; give one");
    }
    return source;
  }

  private static NextHop requireHop(Route route, RtnetlinkSocket rtnetlink) throws LinuxException {
    NextHop hop = NextHop.of(route, rtnetlink);
    if (hop == null) {
      throw new LinuxException(
          "sweep",
          "a sender of frames",
          Errno.EOPNOTSUPP,
          "it needs a router on an Ethernet interface, and the targets' route has none; "
              + "use a raw sender");
    }
    return hop;
  }

  /// Looks at the routes of some targets.
  private static final class Search {
    private final SweepTargets targets;
    private final boolean isIpv6;
    private final RtnetlinkSocket rtnetlink;
    private final int interfaceIndex;
    private final SweepTarget target = new SweepTarget();

    Search(SweepTargets targets, boolean isIpv6, RtnetlinkSocket rtnetlink, int interfaceIndex) {
      this.targets = targets;
      this.isIpv6 = isIpv6;
      this.rtnetlink = rtnetlink;
      this.interfaceIndex = interfaceIndex;
    }

    /// The route to a position's target.
    ///
    /// @return null if it is of the other family
    private @Nullable Route route(long position) throws LinuxException {
      targets.read(position, target);
      return target.isIpv6() == isIpv6
          ? rtnetlink.route(new IpAddress(isIpv6, target.high(), target.low()), interfaceIndex)
          : null;
    }

    /// The route to the first target that has one.
    private Route first() throws LinuxException {
      LinuxException refusal = null;
      int refused = 0;
      long end = Math.min(targets.size(), MOST_SEARCHED);
      for (long position = 0; position < end && refused < SAMPLES; position++) {
        try {
          Route route = route(position);
          if (route != null) {
            return route;
          }
        } catch (LinuxException e) {
          refusal = e;
          refused++;
        }
      }
      if (refusal != null) {
        throw refusal;
      }
      throw new LinuxException(
          "sweep",
          isIpv6 ? "IPv6" : "IPv4",
          Errno.EADDRNOTAVAIL,
          "few targets are of this family; sweep them on their own");
    }

    /// Whether samples from all over the targets have the same route, through a router.
    private boolean isSameForAll(Route route) throws LinuxException {
      if (route.gateway() == null) {
        return false;
      }
      for (int i = 0; i < SAMPLES; i++) {
        Route other;
        try {
          other = route((long) ((double) targets.size() * i / SAMPLES));
        } catch (LinuxException _) {
          return false;
        }
        if (other != null
            && (other.interfaceIndex() != route.interfaceIndex()
                || !Objects.equals(other.gateway(), route.gateway()))) {
          return false;
        }
      }
      return true;
    }
  }
}
