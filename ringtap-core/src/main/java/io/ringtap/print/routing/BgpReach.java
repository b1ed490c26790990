package io.ringtap.print.routing;

import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.Line;

/// Routes of any address family in attributes of BGP (RFC 4760): those of IPv4 and IPv6, for
/// unicast or multicast, with labels or in a VPN, and those that VPNs exchange about themselves.
final class BgpReach {
  private static final String BEFORE = "\n\t      "; // each route
  private static final int HEAD = 3; // bytes: the address families
  private static final int DISTINGUISHER = 8; // bytes
  private static final int VPN = 128; // the first subsequent address family of VPNs

  /// What routes of an address family look like.
  private enum Kind {
    UNKNOWN,
    PREFIX,
    LABELED,
    VPN,
    MULTICAST_VPN,
    TREE,
    TARGET
  }

  private final Line line;
  private final BgpRoutes routes;
  private final BgpVpnRoutes vpnRoutes;

  BgpReach(Line line, BgpRoutes routes) {
    this.line = line;
    this.routes = routes;
    this.vpnRoutes = new BgpVpnRoutes(line, routes);
  }

  private static Kind kind(int family, int subsequent) {
    if (family != BgpNames.IPV4 && family != BgpNames.IPV6) {
      return Kind.UNKNOWN;
    }
    Kind ofIpv4 =
        switch (subsequent) {
          case 5 -> Kind.MULTICAST_VPN;
          case 66 -> Kind.TREE;
          case 132 -> Kind.TARGET;
          default -> Kind.UNKNOWN;
        };
    return switch (subsequent) {
      case 1, 2, 3 -> Kind.PREFIX;
      case 4 -> Kind.LABELED;
      case VPN, 129, 130 -> Kind.VPN;
      default -> family == BgpNames.IPV4 ? ofIpv4 : Kind.UNKNOWN;
    };
  }

  /// Prints routes that are announced.
  ///
  /// @return false if it ends within a part
  boolean reachable(long first, int length) {
    if (length < HEAD) {
      return false;
    }
    int family = line.u16(first);
    Kind kind = families(family, line.u8(first + 2), first, length);
    if (kind == Kind.UNKNOWN) {
      return true;
    }
    long end = first + length;
    long at = first + HEAD;
    if (at == end) {
      return false;
    }
    int hopBytes = line.u8(at++);
    if (end - at < hopBytes) {
      return false;
    }
    if (hopBytes > 0) {
      line.text("\n\t    nexthop: ");
      nextHops(family == BgpNames.IPV6, kind == Kind.VPN ? DISTINGUISHER : 0, at, hopBytes);
      at += hopBytes;
    }
    line.print(", nh-length: %u", hopBytes);
    at = attachmentPoints(at, end);
    return at >= 0 && routes(family == BgpNames.IPV6, kind, at, end, length);
  }

  /// Prints routes that are withdrawn.
  ///
  /// @return false if it ends within a part
  boolean unreachable(long first, int length) {
    if (!line.has(first, HEAD)) {
      return false;
    }
    int family = line.u16(first);
    Kind kind = families(family, line.u8(first + 2), first, length);
    if (kind == Kind.UNKNOWN) {
      return true;
    }
    line.text(length == HEAD ? "\n\t      End-of-Rib Marker (empty NLRI)" : "");
    long end = first + length;
    return routes(family == BgpNames.IPV6, kind, first + HEAD, end, length);
  }

  /// @return what their routes look like
  private Kind families(int family, int subsequent, long at, int length) {
    line.text("\n\t    AFI: ").text(AddressFamilies.NAMES.find(family, "Unknown AFI"));
    line.print(" (%u), ", family).text(subsequent > VPN ? "vendor specific " : "");
    line.text("SAFI: ").text(BgpNames.SUBSEQUENT_FAMILIES.find(subsequent, "Unknown SAFI"));
    line.print(" (%u)", subsequent);
    Kind kind = kind(family, subsequent);
    if (kind == Kind.UNKNOWN) {
      line.print("\n\t    no AFI %u / SAFI %u decoder", family, subsequent);
      if (line.verbosity() <= 1) {
        line.hexDump("\n\t    ", at, length, false);
      }
    }
    return kind;
  }

  private void nextHops(boolean isIpv6, int distinguisherBytes, long first, int length) {
    int bytes = distinguisherBytes + (isIpv6 ? 16 : 4);
    for (int i = 0; i < length && !line.isCut(); i += bytes) {
      line.text(i == 0 ? "" : ", ");
      if (length - i < bytes) {
        line.text("invalid len");
      } else if (line.needs(first + i, bytes)) {
        if (distinguisherBytes > 0) {
          line.text("RD: ");
          routes.distinguisher(first + i);
          line.text(", ");
        }
        line.address(isIpv6, first + i + distinguisherBytes);
      }
    }
  }

  /// Subnetwork points of attachment, of RFC 2858.
  ///
  /// @return the offset after them; -1 if the attribute ends within them
  private long attachmentPoints(long first, long end) {
    if (first == end) {
      return -1;
    }
    long at = first;
    int count = line.u8(at++);
    if (count == 0) {
      line.text(", no SNPA");
    } else {
      line.print("\n\t    %u SNPA", count);
    }
    for (int i = 0; i < count; i++) {
      int bytes = at < end ? line.u8(at) : 0;
      if (at < end) {
        line.print("\n\t      %u bytes", bytes);
      }
      at += 1 + bytes;
      if (at > end) {
        return -1;
      }
    }
    return at;
  }

  /// @param length of the whole attribute, which bounds each route as it does in tcpdump
  private boolean routes(boolean isIpv6, Kind kind, long first, long end, int length) {
    boolean haveIds =
        kind == Kind.PREFIX && routes.havePathIds(first, end - first, isIpv6 ? 128 : 32);
    long at = first;
    while (at < end && !line.isCut()) {
      int bytes =
          switch (kind) {
            case PREFIX -> haveIds ? identified(isIpv6, at, length) : prefix(isIpv6, at, length);
            case LABELED -> routes.labeled(BEFORE, isIpv6, at, length);
            case VPN -> routes.ofVpn(BEFORE, isIpv6, at);
            case MULTICAST_VPN -> vpnRoutes.multicast(at);
            case TREE -> vpnRoutes.tree(at);
            case TARGET -> vpnRoutes.target(at);
            case UNKNOWN -> BgpRoutes.SHORT;
          };
      if (bytes == BgpRoutes.SHORT) {
        return false;
      }
      if (bytes == BgpRoutes.ILLEGAL) {
        line.text(kind == Kind.TARGET ? "" : "\n\t    (illegal prefix length)");
        return true;
      }
      at += bytes;
    }
    return true;
  }

  private int prefix(boolean isIpv6, long at, int length) {
    return routes.prefix(BEFORE, isIpv6, at, length);
  }

  /// A prefix with a path identifier.
  private int identified(boolean isIpv6, long at, int length) {
    long id = line.u32(at);
    int bytes = prefix(isIpv6, at + 4, length);
    if (bytes < 0) {
      return bytes;
    }
    line.print("   Path Id: %u", id);
    return bytes + 4;
  }
}
