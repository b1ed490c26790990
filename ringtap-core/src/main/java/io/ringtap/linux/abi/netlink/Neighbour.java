package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Attributes and states of a neighbour entry in `rtnetlink(7)` messages.
@CHeader("linux/neighbour.h")
public final class Neighbour {
  public static final int NDA_DST = 1;
  public static final int NDA_LLADDR = 2;

  public static final int NUD_PERMANENT = 0x80;

  private Neighbour() {}
}
