package io.ringtap.device;

import io.ringtap.linux.abi.netlink.IfArp;
import io.ringtap.linux.abi.netlink.IfFlags;
import io.ringtap.packet.LinkType;
import java.util.List;

/// A network interface without its addresses, at the moment when the kernel was asked: what `ip
/// link` shows (`RTM_NEWLINK` of `rtnetlink(7)`).
///
/// @param index its number in its namespace, which it keeps until it vanishes
/// @param name its name, which may change
/// @param hardwareType an `ARPHRD_` number, such as [#ETHER]
/// @param mtu bytes of the largest packet, without the link's header
/// @param flags `IFF_` bits of `netdevice(7)`
/// @param operationalState whether it carries packets
/// @param hardwareAddress such as `02:00:00:00:00:01`; empty if it has none
/// @param master index of the bridge or bond that it is a port of; 0 if none
/// @param peer index of the interface at its other end or below it, such as a veth's peer or a
///   VLAN's parent; 0 if none
/// @param isPeerElsewhere whether `peer` is an index in another network namespace
/// @param rxQueues receive queues that the device was made with
/// @param txQueues transmit queues that the device was made with
/// @param kind its kind, such as `veth`, `bridge` or `vlan`; empty for most hardware
/// @param alternativeNames names by which it can also be called (`ip link property add`)
public record Link(
    int index,
    String name,
    int hardwareType,
    int mtu,
    int flags,
    OperationalState operationalState,
    String hardwareAddress,
    int master,
    int peer,
    boolean isPeerElsewhere,
    int rxQueues,
    int txQueues,
    String kind,
    List<String> alternativeNames) {
  /// `ARPHRD_ETHER`.
  public static final int ETHER = IfArp.ARPHRD_ETHER;

  /// `ARPHRD_LOOPBACK`, whose frames look like Ethernet's.
  public static final int LOOPBACK = IfArp.ARPHRD_LOOPBACK;

  /// `ARPHRD_NONE`: packets without a link's header, as of TUN devices.
  public static final int NONE = IfArp.ARPHRD_NONE;

  /// Copies the list.
  public Link {
    alternativeNames = List.copyOf(alternativeNames);
  }

  /// The link type of frames captured on it. An interface that is neither Ethernet nor bare IP is
  /// captured with a cooked header, because its own header may be of any kind.
  public LinkType linkType() {
    return switch (hardwareType) {
      case ETHER, LOOPBACK -> LinkType.ETHERNET;
      case NONE -> LinkType.RAW;
      default -> LinkType.LINUX_SLL2;
    };
  }

  /// Whether it has been set up (`IFF_UP`).
  public boolean isUp() {
    return (flags & IfFlags.IFF_UP) != 0;
  }

  /// Whether it is up and could carry packets (`IFF_RUNNING`).
  public boolean isRunning() {
    return (flags & IfFlags.IFF_RUNNING) != 0;
  }

  /// Whether it is a loopback interface, on which a capture sees each packet twice.
  public boolean isLoopback() {
    return (flags & IfFlags.IFF_LOOPBACK) != 0;
  }

  /// Whether its flag for promiscuous mode is set. A capture sets promiscuous mode in another way
  /// (`PACKET_MR_PROMISC`), which does not set this flag.
  public boolean isPromiscuous() {
    return (flags & IfFlags.IFF_PROMISC) != 0;
  }
}
