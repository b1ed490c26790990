package io.ringtap.linux.abi.packet;

import io.ringtap.linux.abi.CHeader;

/// EtherTypes as AF_PACKET sockets take them, in host byte order.
@CHeader("linux/if_ether.h")
public final class IfEther {
  public static final int ETH_P_ALL = 0x0003;
  public static final int ETH_P_IP = 0x0800;
  public static final int ETH_P_8021Q = 0x8100;
  public static final int ETH_P_IPV6 = 0x86DD;

  private IfEther() {}
}
