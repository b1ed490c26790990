package io.ringtap.device;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.linux.abi.netlink.IfLink;
import io.ringtap.linux.abi.netlink.Ifaddrmsg;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Ndmsg;
import io.ringtap.linux.abi.netlink.Neighbour;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtmsg;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks the kernel for links, addresses and counters over `rtnetlink(7)`, as `ip(8)` does. The
/// answers are about the network namespace of the thread that opened the socket, whichever thread
/// asks. Not thread-safe. For a single question, [NetworkInterfaces] is shorter.
public final class RtnetlinkSocket implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 16;

  private final NetlinkSocket netlink;

  private RtnetlinkSocket(NetlinkSocket netlink) {
    this.netlink = netlink;
  }

  /// Opens a socket in the calling thread's namespace.
  ///
  /// @throws LinuxException `EMFILE` or `ENFILE` if there are no descriptors left
  public static RtnetlinkSocket open() throws LinuxException {
    return new RtnetlinkSocket(NetlinkSocket.open("the list of interfaces"));
  }

  /// An interface and its counters at the same moment.
  ///
  /// @param link the interface
  /// @param counters its counters
  public record CountedLink(Link link, InterfaceCounters counters) {}

  /// All interfaces without their addresses, by index.
  ///
  /// @throws LinuxException `EBUSY` if interfaces keep changing while they are listed
  public List<Link> links() throws LinuxException {
    return dumpLinks(message -> Optional.of(RtnetlinkMessages.link(message)));
  }

  /// All interfaces with their counters, by index.
  ///
  /// @throws LinuxException `EBUSY` if interfaces keep changing while they are listed
  public List<CountedLink> countedLinks() throws LinuxException {
    return dumpLinks(message ->
        RtnetlinkMessages.counters(message)
            .map(counters -> new CountedLink(RtnetlinkMessages.link(message), counters)));
  }

  /// The interface of this name; empty if there is none.
  ///
  /// @throws LinuxException if the kernel refuses
  public Optional<Link> byName(String name) throws LinuxException {
    return Ifreq.isName(name) ? get(name, 0, name).map(RtnetlinkMessages::link) : Optional.empty();
  }

  /// The interface of this index; empty if there is none.
  ///
  /// @throws LinuxException if the kernel refuses
  public Optional<Link> byIndex(int index) throws LinuxException {
    return message(index).map(RtnetlinkMessages::link);
  }

  /// The counters of an interface; empty if no interface has this index.
  ///
  /// @throws LinuxException if the kernel refuses
  public Optional<InterfaceCounters> counters(int index) throws LinuxException {
    return message(index).flatMap(RtnetlinkMessages::counters);
  }

  /// All addresses of all interfaces, IPv4 before IPv6.
  ///
  /// @throws LinuxException `EBUSY` if addresses keep changing while they are listed
  public List<InterfaceAddress> addresses() throws LinuxException {
    return dump(
        Rtnetlink.RTM_GETADDR,
        Ifaddrmsg.BYTES,
        "RTM_GETADDR",
        Rtnetlink.RTM_NEWADDR,
        RtnetlinkMessages::address);
  }

  /// All interfaces with their addresses, by index.
  ///
  /// @throws LinuxException `EBUSY` if interfaces or addresses keep changing while they are listed
  public List<NetworkInterface> interfaces() throws LinuxException {
    Map<Integer, List<InterfaceAddress>> addresses =
        addresses().stream().collect(Collectors.groupingBy(InterfaceAddress::index));
    return links().stream()
        .map(link -> new NetworkInterface(link, addresses.getOrDefault(link.index(), List.of())))
        .toList();
  }

  /// The route that the kernel takes to a destination.
  ///
  /// @param interfaceIndex the interface to go through; 0 leaves the choice to routing
  /// @throws LinuxException if there is none (`ENETUNREACH`, `EHOSTUNREACH`), or the route refuses
  ///   packets
  public Route route(IpAddress destination, int interfaceIndex) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETROUTE, 0);
      long head = request.struct(Rtmsg.BYTES);
      byte[] address = destination.toInetAddress().getAddress();
      Rtmsg.writeQuestion(request.memory(), head, family(destination), address.length * Byte.SIZE);
      request.add(Rtnetlink.RTA_DST, address);
      if (interfaceIndex != 0) {
        request.add(Rtnetlink.RTA_OIF, interfaceIndex);
      }
      return RtnetlinkMessages.route(netlink.ask(request, "RTM_GETROUTE", destination.toString()));
    }
  }

  /// The link-layer address of a neighbor, in the low 48 bits; empty if the kernel does not know it
  /// (yet), or if it has another length.
  ///
  /// @throws LinuxException if the kernel refuses
  public OptionalLong neighbor(IpAddress neighbor, int interfaceIndex) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETNEIGH, 0);
      long head = request.struct(Ndmsg.BYTES);
      Ndmsg.write(request.memory(), head, family(neighbor), interfaceIndex, 0);
      request.add(Neighbour.NDA_DST, neighbor.toInetAddress().getAddress());
      return RtnetlinkMessages.neighbor(netlink.ask(request, "RTM_GETNEIGH", neighbor.toString()));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENOENT)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  private static int family(IpAddress address) {
    return address.isIpv6() ? SysSocket.AF_INET6 : SysSocket.AF_INET;
  }

  NetworkInterface withAddresses(Link link) throws LinuxException {
    return new NetworkInterface(
        link, addresses().stream().filter(address -> address.index() == link.index()).toList());
  }

  private Optional<MemorySegment> message(int index) throws LinuxException {
    return index <= 0 ? Optional.empty() : get("interface " + index, index, "");
  }

  /// The kernel's answer, valid until the next request.
  private Optional<MemorySegment> get(String subject, int index, String name)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETLINK, 0);
      Ifinfomsg.writeIndex(request.memory(), request.struct(Ifinfomsg.BYTES), index);
      if (!name.isEmpty()) {
        request.add(IfLink.IFLA_IFNAME, name);
      }
      return Optional.of(netlink.ask(request, "RTM_GETLINK", subject));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> List<T> dumpLinks(Function<MemorySegment, Optional<T>> reader) throws LinuxException {
    return dump(
        Rtnetlink.RTM_GETLINK,
        Ifinfomsg.BYTES,
        "RTM_GETLINK",
        Rtnetlink.RTM_NEWLINK,
        message -> RtnetlinkMessages.isWhole(message) ? reader.apply(message) : Optional.empty());
  }

  private <T> List<T> dump(
      int type,
      int structBytes,
      String operation,
      int answer,
      Function<MemorySegment, Optional<T>> reader)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, type, 0);
      long _ = request.struct(structBytes); // of no family and no index: all
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        List<T> found = new ArrayList<>();
        boolean isConsistent =
            netlink.dump(
                request,
                operation,
                "all interfaces",
                message -> {
                  if (Nlmsghdr.type(message, 0) == answer) {
                    reader.apply(message).ifPresent(found::add);
                  }
                });
        if (isConsistent) {
          return found;
        }
      }
    }
    throw new LinuxException(
        operation, "all interfaces", Errno.EBUSY, "they change faster than they can be listed");
  }

  @Override
  public void close() {
    netlink.close();
  }
}
