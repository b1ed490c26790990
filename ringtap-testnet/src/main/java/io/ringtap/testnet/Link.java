package io.ringtap.testnet;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.linux.abi.netlink.IfAddr;
import io.ringtap.linux.abi.netlink.IfFlags;
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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/// An interface of a [NetworkNamespace], by name. Each call makes one or two netlink requests; the
/// object need not be closed. The setters return this object.
public final class Link {
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final long POLL_NANOS = 200_000;
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  private final NetworkNamespace namespace;
  private final String name;

  Link(NetworkNamespace namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  /// The counters of an interface since it was created, in packets and bytes.
  ///
  /// @param rxOtherHost packets to other hosts, which the stack dropped after packet sockets had
  ///   seen them; always 0 before Linux 6.0
  public record Counters(
      long rxPackets,
      long txPackets,
      long rxBytes,
      long txBytes,
      long rxDropped,
      long txDropped,
      long rxOtherHost) {}

  public String name() {
    return name;
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  /// Sets the link up.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public Link up() throws IOException {
    return change("up", IfFlags.IFF_UP, 0, 0);
  }

  /// Sets the link down.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public Link down() throws IOException {
    return change("down", 0, 0, 0);
  }

  /// Sets the MTU.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `EINVAL` for a size that the
  ///   device cannot carry
  public Link mtu(int bytes) throws IOException {
    return change("mtu " + bytes, -1, IfLink.IFLA_MTU, bytes);
  }

  /// Sets the length of the transmit queue.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public Link transmitQueue(int packets) throws IOException {
    return change("txqueuelen " + packets, -1, IfLink.IFLA_TXQLEN, packets);
  }

  /// Adds an address. If the link is up and has a carrier, the address is usable when this returns,
  /// also for IPv6, because duplicate address detection is turned off.
  ///
  /// @param prefix the address with the length of its network, such as `10.0.0.1/24`
  /// @throws IOException (a LinuxException) if the kernel refuses: `EEXIST` if the link already has
  ///   the address
  /// @throws IllegalArgumentException if `prefix` is malformed
  public Link address(String prefix) throws IOException {
    Prefix address = Prefix.parse(prefix);
    return namespace.netlink((netlink, arena) -> {
      int flags = Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_NEWADDR, flags);
      Ifaddrmsg.write(
          request.memory(),
          request.struct(Ifaddrmsg.BYTES),
          address.family(),
          address.length(),
          address.address().isIpv6() ? IfAddr.IFA_F_NODAD : 0,
          index(netlink, arena));
      request.add(IfAddr.IFA_LOCAL, address.bytes()).add(IfAddr.IFA_ADDRESS, address.bytes());
      netlink.execute(request, "RTM_NEWADDR " + address, subject());
      if (address.address().isIpv6()) {
        awaitLocalRoute(netlink, arena, address);
      }
      return this;
    });
  }

  /// Waits until the kernel accepts packets for a new IPv6 address: it acknowledges the address
  /// first and adds the local route later, in a work queue.
  private void awaitLocalRoute(NetlinkSocket netlink, Arena arena, Prefix address)
      throws LinuxException {
    int ready = IfFlags.IFF_UP | IfFlags.IFF_LOWER_UP;
    if ((Ifinfomsg.flags(get(netlink, arena), Nlmsghdr.BYTES) & ready) != ready) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isLocal(netlink, arena, address)) {
      if (System.nanoTime() - deadline > 0) {
        throw new LinuxException("local route to " + address, subject(), Errno.EADDRNOTAVAIL, "");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean isLocal(NetlinkSocket netlink, Arena arena, Prefix address)
      throws LinuxException {
    NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETROUTE, 0);
    Rtmsg.write(request.memory(), request.struct(Rtmsg.BYTES), address.family(), 128, 0, 0, 0);
    request.add(Rtnetlink.RTA_DST, address.bytes());
    try {
      MemorySegment answer = netlink.ask(request, "RTM_GETROUTE " + address, subject());
      return Rtmsg.type(answer, Nlmsghdr.BYTES) == Rtnetlink.RTN_LOCAL;
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENETUNREACH)) {
        return false;
      }
      throw e;
    }
  }

  /// Adds a permanent neighbour entry, so that neither ARP nor neighbour discovery is needed.
  ///
  /// @param address its literal address
  /// @param mac its hardware address, such as `02:00:00:00:00:01`
  /// @throws IOException (a LinuxException) if the kernel refuses
  /// @throws IllegalArgumentException if either address is malformed
  public Link neighbour(String address, String mac) throws IOException {
    Prefix host = Prefix.parse(address);
    return namespace.netlink((netlink, arena) -> {
      int flags = Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE;
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_NEWNEIGH, flags);
      Ndmsg.write(
          request.memory(),
          request.struct(Ndmsg.BYTES),
          host.family(),
          index(netlink, arena),
          Neighbour.NUD_PERMANENT);
      request.add(Neighbour.NDA_DST, host.bytes()).add(Neighbour.NDA_LLADDR, MAC.parseHex(mac));
      netlink.execute(request, "RTM_NEWNEIGH " + address, subject());
      return this;
    });
  }

  /// The hardware address, such as `02:00:00:00:00:01`.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public String mac() throws IOException {
    return namespace.netlink((netlink, arena) -> {
      MemorySegment answer = get(netlink, arena);
      long mac = attribute(answer, IfLink.IFLA_ADDRESS);
      byte[] bytes =
          answer
              .asSlice(Rtattr.data(mac), Rtattr.dataLength(answer, mac))
              .toArray(ValueLayout.JAVA_BYTE);
      return MAC.formatHex(bytes);
    });
  }

  /// The interface's index in its namespace, for `sockaddr_ll` and scope identifiers.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public int index() throws IOException {
    return namespace.netlink(this::index);
  }

  /// The interface's own counters.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public Counters counters() throws IOException {
    return namespace.netlink((netlink, arena) -> {
      MemorySegment answer = get(netlink, arena);
      long attribute = attribute(answer, IfLink.IFLA_STATS64);
      long stats = Rtattr.data(attribute);
      boolean isWhole = Rtattr.dataLength(answer, attribute) >= RtnlLinkStats64.BYTES;
      return new Counters(
          RtnlLinkStats64.rxPackets(answer, stats),
          RtnlLinkStats64.txPackets(answer, stats),
          RtnlLinkStats64.rxBytes(answer, stats),
          RtnlLinkStats64.txBytes(answer, stats),
          RtnlLinkStats64.rxDropped(answer, stats),
          RtnlLinkStats64.txDropped(answer, stats),
          isWhole ? RtnlLinkStats64.rxOtherHostDropped(answer, stats) : 0);
    });
  }

  /// Removes the interface; for a veth pair, both ends.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is no such
  ///   interface
  public void delete() throws IOException {
    Link _ =
        namespace.netlink((netlink, arena) -> {
          NetlinkRequest request = request(arena, Rtnetlink.RTM_DELLINK, 0, 0);
          netlink.execute(request, "RTM_DELLINK", subject());
          return this;
        });
  }

  /// Changes the flag IFF_UP, unless `up` is negative, and one attribute, unless it is 0.
  private Link change(String what, int up, int attribute, int value) throws LinuxException {
    return namespace.netlink((netlink, arena) -> {
      NetlinkRequest request =
          request(arena, Rtnetlink.RTM_NEWLINK, Math.max(up, 0), up < 0 ? 0 : IfFlags.IFF_UP);
      if (attribute != 0) {
        request.add(attribute, value);
      }
      netlink.execute(request, "RTM_NEWLINK " + what, subject());
      return this;
    });
  }

  private NetlinkRequest request(Arena arena, int type, int flags, int change) {
    NetlinkRequest request = new NetlinkRequest(arena, type, 0);
    Ifinfomsg.write(request.memory(), request.struct(Ifinfomsg.BYTES), flags, change);
    return request.add(IfLink.IFLA_IFNAME, name);
  }

  int index(NetlinkSocket netlink, Arena arena) throws LinuxException {
    return Ifinfomsg.index(get(netlink, arena), Nlmsghdr.BYTES);
  }

  private MemorySegment get(NetlinkSocket netlink, Arena arena) throws LinuxException {
    return netlink.ask(request(arena, Rtnetlink.RTM_GETLINK, 0, 0), "RTM_GETLINK", subject());
  }

  private long attribute(MemorySegment answer, int type) {
    int from = Nlmsghdr.BYTES + Ifinfomsg.BYTES;
    long found = Rtattr.find(answer, from, answer.byteSize(), type);
    if (found < 0) {
      throw new IllegalStateException(subject() + " has no attribute " + type);
    }
    return found;
  }

  private String subject() {
    return name + " in " + namespace;
  }

  @Override
  public String toString() {
    return subject();
  }
}
