package io.ringtap.linux.abi.netlink;

import io.ringtap.linux.abi.CHeader;

/// Constants of `netlink(7)`.
@CHeader({"sys/socket.h", "linux/netlink.h"})
public final class Netlink {
  public static final int NETLINK_ROUTE = 0;

  public static final int NLM_F_REQUEST = 0x1;
  public static final int NLM_F_ACK = 0x4;

  /// The listed objects changed between two parts of the answer, which may therefore be incomplete.
  public static final int NLM_F_DUMP_INTR = 0x10;

  public static final int NLM_F_DUMP = 0x300;
  public static final int NLM_F_REPLACE = 0x100;
  public static final int NLM_F_EXCL = 0x200;
  public static final int NLM_F_CREATE = 0x400;

  public static final int NLMSG_NOOP = 1;
  public static final int NLMSG_ERROR = 2;
  public static final int NLMSG_DONE = 3;
  public static final int NLM_F_CAPPED = 0x100;
  public static final int NLM_F_ACK_TLVS = 0x200;
  public static final int NLMSGERR_ATTR_MSG = 1;

  public static final int NETLINK_CAP_ACK = 10;
  public static final int NETLINK_EXT_ACK = 11;

  public static final int NLA_F_NESTED = 0x8000;

  private Netlink() {}
}
