package io.ringtap.linux.abi;

/// Requests and flags of `/dev/net/tun`.
@CHeader({"sys/ioctl.h", "linux/if_tun.h"})
public final class IfTun {
  public static final long TUNSETIFF = 0x400454caL;

  public static final int IFF_TUN = 0x1;

  /// Packets come without the four bytes of `struct tun_pi` before them.
  public static final int IFF_NO_PI = 0x1000;

  private IfTun() {}
}
