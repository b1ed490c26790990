package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Attributes and states of a neighbour entry in `rtnetlink(7)` messages.
@CHeader("linux/neighbour.h")
public final class Neighbour {
  public static final int NDA_DST = 1;
  public static final int NDA_LLADDR = 2;

  public static final int NUD_REACHABLE = 0x02;
  public static final int NUD_STALE = 0x04;
  public static final int NUD_DELAY = 0x08;
  public static final int NUD_PROBE = 0x10;
  public static final int NUD_NOARP = 0x40;
  public static final int NUD_PERMANENT = 0x80;

  private Neighbour() {}
}
