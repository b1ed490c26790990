package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Attributes of a network interface in `rtnetlink(7)` messages.
@CHeader({"sys/socket.h", "linux/if_link.h", "linux/veth.h"})
public final class IfLink {
  public static final int IFLA_ADDRESS = 1;
  public static final int IFLA_IFNAME = 3;
  public static final int IFLA_MTU = 4;
  public static final int IFLA_LINK = 5;
  public static final int IFLA_MASTER = 10;
  public static final int IFLA_TXQLEN = 13;
  public static final int IFLA_OPERSTATE = 16;
  public static final int IFLA_LINKINFO = 18;
  public static final int IFLA_STATS64 = 23;
  public static final int IFLA_NET_NS_FD = 28;
  public static final int IFLA_NUM_TX_QUEUES = 31;
  public static final int IFLA_NUM_RX_QUEUES = 32;

  /// The namespace of the interface in `IFLA_LINK`, if it is another one.
  public static final int IFLA_LINK_NETNSID = 37;

  /// A nest with the XDP programs of the interface.
  public static final int IFLA_XDP = 43;

  public static final int IFLA_XDP_DRV_PROG_ID = 5;
  public static final int IFLA_XDP_SKB_PROG_ID = 6;
  public static final int IFLA_XDP_HW_PROG_ID = 7;

  /// A nest with the alternative names.
  public static final int IFLA_PROP_LIST = 52;

  public static final int IFLA_ALT_IFNAME = 53;

  public static final int IFLA_INFO_KIND = 1;
  public static final int IFLA_INFO_DATA = 2;

  public static final int VETH_INFO_PEER = 1;

  private IfLink() {}
}
