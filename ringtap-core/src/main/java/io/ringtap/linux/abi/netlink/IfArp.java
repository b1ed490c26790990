package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Kinds of network hardware in `rtnetlink(7)` and packet sockets.
@CHeader("linux/if_arp.h")
public final class IfArp {
  public static final int ARPHRD_ETHER = 1;
  public static final int ARPHRD_LOOPBACK = 772;

  /// Packets without a link-level header, as of TUN devices.
  public static final int ARPHRD_NONE = 0xFFFE;

  private IfArp() {}
}
