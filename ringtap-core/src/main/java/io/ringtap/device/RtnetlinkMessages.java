package io.ringtap.device;

import io.ringtap.linux.abi.CText;
import io.ringtap.linux.abi.netlink.IfAddr;
import io.ringtap.linux.abi.netlink.IfLink;
import io.ringtap.linux.abi.netlink.Ifaddrmsg;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Ndmsg;
import io.ringtap.linux.abi.netlink.Neighbour;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import io.ringtap.linux.abi.netlink.Rtmsg;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import io.ringtap.linux.abi.netlink.RtnlLinkStats64;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads rtnetlink messages, header included (`rtnetlink(7)`). An attribute that is too short for
/// its kind is treated as missing.
final class RtnetlinkMessages {
  private static final int LINK_ATTRIBUTES = Nlmsghdr.BYTES + Ifinfomsg.BYTES;
  private static final int ADDRESS_ATTRIBUTES = Nlmsghdr.BYTES + Ifaddrmsg.BYTES;
  private static final int ROUTE_ATTRIBUTES = Nlmsghdr.BYTES + Rtmsg.BYTES;
  private static final int NEIGHBOR_ATTRIBUTES = Nlmsghdr.BYTES + Ndmsg.BYTES;

  /// `NUD_VALID` of the kernel (include/net/neighbour.h).
  private static final int KNOWN_NEIGHBOR =
      Neighbour.NUD_PERMANENT
          | Neighbour.NUD_NOARP
          | Neighbour.NUD_REACHABLE
          | Neighbour.NUD_PROBE
          | Neighbour.NUD_STALE
          | Neighbour.NUD_DELAY;

  private static final HexFormat HARDWARE_ADDRESS = HexFormat.ofDelimiter(":");

  private RtnetlinkMessages() {}

  /// Whether the message is long enough to be about a link.
  static boolean isWhole(MemorySegment message) {
    return message.byteSize() >= LINK_ATTRIBUTES;
  }

  static Link link(MemorySegment message) {
    return new Link(
        Ifinfomsg.index(message, Nlmsghdr.BYTES),
        text(message, LINK_ATTRIBUTES, message.byteSize(), IfLink.IFLA_IFNAME),
        Ifinfomsg.type(message, Nlmsghdr.BYTES),
        number(message, IfLink.IFLA_MTU),
        Ifinfomsg.flags(message, Nlmsghdr.BYTES),
        OperationalState.of(byteOf(message, IfLink.IFLA_OPERSTATE)),
        HARDWARE_ADDRESS.formatHex(bytesOf(message, LINK_ATTRIBUTES, IfLink.IFLA_ADDRESS)),
        number(message, IfLink.IFLA_MASTER),
        number(message, IfLink.IFLA_LINK),
        find(message, IfLink.IFLA_LINK_NETNSID) >= 0,
        number(message, IfLink.IFLA_NUM_RX_QUEUES),
        number(message, IfLink.IFLA_NUM_TX_QUEUES),
        kind(message),
        alternativeNames(message));
  }

  static Optional<InterfaceCounters> counters(MemorySegment message) {
    long found = find(message, IfLink.IFLA_STATS64);
    if (found < 0 || Rtattr.dataLength(message, found) < RtnlLinkStats64.LEAST_BYTES) {
      return Optional.empty();
    }
    long at = Rtattr.data(found);
    return Optional.of(
        new InterfaceCounters(
            RtnlLinkStats64.rxPackets(message, at),
            RtnlLinkStats64.txPackets(message, at),
            RtnlLinkStats64.rxBytes(message, at),
            RtnlLinkStats64.txBytes(message, at),
            RtnlLinkStats64.rxErrors(message, at),
            RtnlLinkStats64.txErrors(message, at),
            RtnlLinkStats64.rxDropped(message, at),
            RtnlLinkStats64.txDropped(message, at),
            RtnlLinkStats64.multicast(message, at),
            RtnlLinkStats64.rxLengthErrors(message, at),
            RtnlLinkStats64.rxOverErrors(message, at),
            RtnlLinkStats64.rxCrcErrors(message, at),
            RtnlLinkStats64.rxFrameErrors(message, at),
            RtnlLinkStats64.rxFifoErrors(message, at),
            RtnlLinkStats64.rxMissedErrors(message, at),
            RtnlLinkStats64.txCarrierErrors(message, at),
            RtnlLinkStats64.txFifoErrors(message, at),
            RtnlLinkStats64.rxNohandler(message, at)));
  }

  /// The address of an `RTM_NEWADDR` message; empty if it is neither IPv4 nor IPv6.
  static Optional<InterfaceAddress> address(MemorySegment message) {
    if (message.byteSize() < ADDRESS_ATTRIBUTES) {
      return Optional.empty();
    }
    // On a point-to-point link, IFA_ADDRESS is the address of the other end.
    byte[] bytes = bytesOf(message, ADDRESS_ATTRIBUTES, IfAddr.IFA_LOCAL);
    if (bytes.length == 0) {
      bytes = bytesOf(message, ADDRESS_ATTRIBUTES, IfAddr.IFA_ADDRESS);
    }
    if (bytes.length != 4 && bytes.length != 16) {
      return Optional.empty();
    }
    return Optional.of(
        new InterfaceAddress(
            Ifaddrmsg.index(message, Nlmsghdr.BYTES),
            inetAddress(bytes),
            Ifaddrmsg.prefixLength(message, Nlmsghdr.BYTES)));
  }

  /// The route of an `RTM_NEWROUTE` message.
  static Route route(MemorySegment message) {
    byte[] gateway = bytesOf(message, ROUTE_ATTRIBUTES, Rtnetlink.RTA_GATEWAY);
    byte[] source = bytesOf(message, ROUTE_ATTRIBUTES, Rtnetlink.RTA_PREFSRC);
    long index = Rtattr.find(message, ROUTE_ATTRIBUTES, message.byteSize(), Rtnetlink.RTA_OIF);
    return new Route(
        index < 0 ? 0 : message.get(ValueLayout.JAVA_INT, Rtattr.data(index)),
        gateway.length == 0 ? null : IpAddress.of(inetAddress(gateway)),
        source.length == 0 ? null : IpAddress.of(inetAddress(source)),
        Rtmsg.type(message, Nlmsghdr.BYTES) == Rtnetlink.RTN_UNICAST);
  }

  /// The link-layer address of an `RTM_NEWNEIGH` message, if it is known and has six bytes.
  static OptionalLong neighbor(MemorySegment message) {
    byte[] address = bytesOf(message, NEIGHBOR_ATTRIBUTES, Neighbour.NDA_LLADDR);
    if ((Ndmsg.state(message, Nlmsghdr.BYTES) & KNOWN_NEIGHBOR) == 0 || address.length != 6) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (byte each : address) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(each);
    }
    return OptionalLong.of(value);
  }

  private static InetAddress inetAddress(byte[] bytes) {
    try {
      return bytes.length == 16
          ? Inet6Address.getByAddress(null, bytes, -1)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // thrown only for other lengths
    }
  }

  private static String kind(MemorySegment message) {
    long info = find(message, IfLink.IFLA_LINKINFO);
    if (info < 0) {
      return "";
    }
    long begin = Rtattr.data(info);
    return text(message, begin, begin + Rtattr.dataLength(message, info), IfLink.IFLA_INFO_KIND);
  }

  private static List<String> alternativeNames(MemorySegment message) {
    long nest = find(message, IfLink.IFLA_PROP_LIST | Netlink.NLA_F_NESTED);
    if (nest < 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    long end = Rtattr.data(nest) + Rtattr.dataLength(message, nest);
    for (long at = Rtattr.find(message, Rtattr.data(nest), end, IfLink.IFLA_ALT_IFNAME);
        at >= 0;
        at = Rtattr.find(message, Rtattr.next(message, at), end, IfLink.IFLA_ALT_IFNAME)) {
      names.add(CText.read(message, Rtattr.data(at), Rtattr.dataLength(message, at)));
    }
    return names;
  }

  private static long find(MemorySegment message, int type) {
    return Rtattr.find(message, LINK_ATTRIBUTES, message.byteSize(), type);
  }

  private static int number(MemorySegment message, int type) {
    long found = find(message, type);
    return found < 0 || Rtattr.dataLength(message, found) < Integer.BYTES
        ? 0
        : message.get(ValueLayout.JAVA_INT, Rtattr.data(found));
  }

  private static int byteOf(MemorySegment message, int type) {
    long found = find(message, type);
    return found < 0 || Rtattr.dataLength(message, found) < 1
        ? 0
        : Byte.toUnsignedInt(message.get(ValueLayout.JAVA_BYTE, Rtattr.data(found)));
  }

  private static byte[] bytesOf(MemorySegment message, long from, int type) {
    long found = Rtattr.find(message, from, message.byteSize(), type);
    return found < 0
        ? new byte[0]
        : message
            .asSlice(Rtattr.data(found), Rtattr.dataLength(message, found))
            .toArray(ValueLayout.JAVA_BYTE);
  }

  private static String text(MemorySegment message, long from, long end, int type) {
    long found = Rtattr.find(message, from, end, type);
    if (found < 0) {
      return "";
    }
    return CText.read(message, Rtattr.data(found), Rtattr.dataLength(message, found));
  }
}
