package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Flags of an interface in `netdevice(7)` and [Ifinfomsg].
@CHeader("linux/if.h")
public final class IfFlags {
  public static final int IFF_UP = 0x1;
  public static final int IFF_LOOPBACK = 0x8;
  public static final int IFF_RUNNING = 0x40;
  public static final int IFF_PROMISC = 0x100;

  /// The device has a carrier; for a veth pair, this means that the other end is up too.
  public static final int IFF_LOWER_UP = 0x10000;

  public static final int IF_OPER_UNKNOWN = 0;
  public static final int IF_OPER_NOTPRESENT = 1;
  public static final int IF_OPER_DOWN = 2;
  public static final int IF_OPER_LOWERLAYERDOWN = 3;
  public static final int IF_OPER_TESTING = 4;
  public static final int IF_OPER_DORMANT = 5;
  public static final int IF_OPER_UP = 6;

  private IfFlags() {}
}
