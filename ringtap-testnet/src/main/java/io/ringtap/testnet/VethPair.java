package io.ringtap.testnet;

import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.abi.netlink.IfLink;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import java.io.IOException;

/// A virtual cable between two namespaces (`veth(4)`): what one end sends, the other receives. It
/// is removed with either namespace; deleting one end removes both.
///
/// @param a the end in the first namespace
/// @param b the end in the second
public record VethPair(Link a, Link b) {
  /// Creates a pair; both ends are up and have no addresses.
  ///
  /// @param nameA the interface's name in `first`, at most 15 bytes
  /// @param nameB the interface's name in `second`, at most 15 bytes
  /// @throws IOException (a LinuxException) if the kernel refuses: `EEXIST` if a name is taken
  public static VethPair create(
      NetworkNamespace first, String nameA, NetworkNamespace second, String nameB)
      throws IOException {
    return create(first, nameA, second, nameB, 1);
  }

  /// Creates a pair whose ends have several queues each, of both directions.
  ///
  /// @param queues 1 or more
  /// @throws IOException (a LinuxException) if the kernel refuses: `EEXIST` if a name is taken
  public static VethPair create(
      NetworkNamespace first, String nameA, NetworkNamespace second, String nameB, int queues)
      throws IOException {
    VethPair pair = new VethPair(first.link(nameA), second.link(nameB));
    Link a =
        first.netlink((netlink, arena) -> {
          int flags = Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
          NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_NEWLINK, flags);
          long _ = request.struct(Ifinfomsg.BYTES);
          request.add(IfLink.IFLA_IFNAME, nameA);
          request.add(IfLink.IFLA_NUM_TX_QUEUES, queues).add(IfLink.IFLA_NUM_RX_QUEUES, queues);
          int info = request.nest(IfLink.IFLA_LINKINFO);
          request.add(IfLink.IFLA_INFO_KIND, "veth");
          int data = request.nest(IfLink.IFLA_INFO_DATA);
          int peer = request.nest(IfLink.VETH_INFO_PEER);
          long _ = request.struct(Ifinfomsg.BYTES);
          request.add(IfLink.IFLA_IFNAME, nameB);
          request.add(IfLink.IFLA_NUM_TX_QUEUES, queues).add(IfLink.IFLA_NUM_RX_QUEUES, queues);
          request.add(IfLink.IFLA_NET_NS_FD, second.descriptor());
          request.end(peer).end(data).end(info);
          netlink.execute(request, "RTM_NEWLINK veth", pair.a + " and " + pair.b);
          return pair.a;
        });
    try {
      a.up();
      pair.b.up();
      return pair;
    } catch (IOException | RuntimeException e) {
      a.delete();
      throw e;
    }
  }
}
