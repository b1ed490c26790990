package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Attributes and flags of an interface's address in `rtnetlink(7)` messages.
@CHeader("linux/if_addr.h")
public final class IfAddr {
  public static final int IFA_ADDRESS = 1;
  public static final int IFA_LOCAL = 2;

  /// The address is usable at once, without duplicate address detection.
  public static final int IFA_F_NODAD = 0x2;

  private IfAddr() {}
}
