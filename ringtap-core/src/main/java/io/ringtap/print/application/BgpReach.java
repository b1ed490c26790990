package io.ringtap.print.application;

import io.ringtap.print.line.Line;

/// Routes of any address family in attributes of BGP (RFC 4760): those of IPv4 and IPv6, for
/// unicast or multicast, with labels or in a VPN.
final class BgpReach {
  private static final String BEFORE = "\n\t      "; // each route
  private static final int HEAD = 3; // bytes: the address families
  private static final int DISTINGUISHER = 8; // bytes
  private static final int LABELED = 4; // subsequent address families
  private static final int VPN = 128;
  private static final int LAST_VPN = 130;

  private final Line line;
  private final BgpRoutes routes;

  BgpReach(Line line, BgpRoutes routes) {
    this.line = line;
    this.routes = routes;
  }

  /// Prints routes that are there.
  ///
  /// @return false if it ends within a part
  boolean reachable(long first, int length) {
    if (length < HEAD) {
      return false;
    }
    int family = line.u16(first);
    int subsequent = line.u8(first + 2);
    if (!families(family, subsequent, first, length)) {
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
      nextHops(family == BgpNames.IPV6, subsequent >= VPN ? DISTINGUISHER : 0, at, hopBytes);
      at += hopBytes;
    }
    line.print(", nh-length: %u", hopBytes);
    at = attachmentPoints(at, end);
    return at >= 0 && routes(family == BgpNames.IPV6, subsequent, at, end, length);
  }

  /// Prints routes that are gone.
  ///
  /// @return false if it ends within a part
  boolean unreachable(long first, int length) {
    if (!line.has(first, HEAD)) {
      return false;
    }
    int family = line.u16(first);
    int subsequent = line.u8(first + 2);
    if (!families(family, subsequent, first, length)) {
      return true;
    }
    line.text(length == HEAD ? "\n\t      End-of-Rib Marker (empty NLRI)" : "");
    long end = first + length;
    return routes(family == BgpNames.IPV6, subsequent, first + HEAD, end, length);
  }

  /// @return whether routes of these families can be printed
  private boolean families(int family, int subsequent, long at, int length) {
    line.text("\n\t    AFI: ").text(BgpNames.FAMILIES.find(family, "Unknown AFI"));
    line.print(" (%u), ", family).text(subsequent > VPN ? "vendor specific " : "");
    line.text("SAFI: ").text(BgpNames.SUBSEQUENT_FAMILIES.find(subsequent, "Unknown SAFI"));
    line.print(" (%u)", subsequent);
    boolean isKnown =
        (family == BgpNames.IPV4 || family == BgpNames.IPV6)
            && ((subsequent >= 1 && subsequent <= LABELED)
                || (subsequent >= VPN && subsequent <= LAST_VPN));
    if (!isKnown) {
      line.print("\n\t    no AFI %u / SAFI %u decoder", family, subsequent);
      if (line.verbosity() <= 1) {
        line.hexDump("\n\t    ", at, length, false);
      }
    }
    return isKnown;
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
  private boolean routes(boolean isIpv6, int subsequent, long first, long end, int length) {
    boolean haveIds =
        subsequent < LABELED && routes.havePathIds(first, end - first, isIpv6 ? 128 : 32);
    long at = first;
    while (at < end && !line.isCut()) {
      int bytes;
      if (subsequent >= VPN) {
        bytes = routes.ofVpn(BEFORE, isIpv6, at);
      } else if (subsequent == LABELED) {
        bytes = routes.labeled(BEFORE, isIpv6, at, length);
      } else if (haveIds) {
        long id = line.u32(at);
        bytes = routes.prefix(BEFORE, isIpv6, at + 4, length);
        line.print(bytes >= 0 ? "   Path Id: %u" : "", id);
        at += 4;
      } else {
        bytes = routes.prefix(BEFORE, isIpv6, at, length);
      }
      if (bytes == BgpRoutes.SHORT) {
        return false;
      }
      if (bytes == BgpRoutes.ILLEGAL) {
        line.text("\n\t    (illegal prefix length)");
        return true;
      }
      at += bytes;
    }
    return true;
  }
}
