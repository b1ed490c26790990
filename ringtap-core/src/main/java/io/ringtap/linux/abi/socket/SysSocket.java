package io.ringtap.linux.abi.socket;

import io.ringtap.linux.abi.CHeader;

/// Families, types, levels, options and flags of `socket(2)` and `socket(7)`.
@CHeader({"sys/socket.h", "asm/socket.h"})
public final class SysSocket {
  public static final int AF_UNSPEC = 0;
  public static final int AF_UNIX = 1;
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;
  public static final int AF_NETLINK = 16;
  public static final int AF_PACKET = 17;
  public static final int AF_XDP = 44;

  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_CLOEXEC = 0x80000;
  public static final int SOCK_NONBLOCK = 0x800;

  public static final int SOL_SOCKET = 1;
  public static final int SOL_RAW = 255;
  public static final int SOL_PACKET = 263;
  public static final int SOL_NETLINK = 270;
  public static final int SOL_XDP = 283;

  public static final int SO_SNDBUF = 7;
  public static final int SO_ERROR = 4;
  public static final int SO_RCVBUF = 8;
  public static final int SO_RCVTIMEO = 20;
  public static final int SO_BROADCAST = 6;
  public static final int SO_BINDTODEVICE = 25;
  public static final int SO_ATTACH_FILTER = 26;
  public static final int SO_DETACH_FILTER = 27;
  public static final int SO_TIMESTAMPNS = 35;
  public static final int SCM_TIMESTAMPNS = 35;
  public static final int SO_MARK = 36;
  public static final int SO_ATTACH_BPF = 50;
  public static final int SO_TIMESTAMPING = 37;
  public static final int SO_BINDTOIFINDEX = 62;
  public static final int SO_RXQ_OVFL = 40;
  public static final int SO_BUSY_POLL = 46;
  public static final int SO_PREFER_BUSY_POLL = 69;
  public static final int SO_BUSY_POLL_BUDGET = 70;
  public static final int SO_MEMINFO = 55;
  public static final int SO_SNDBUFFORCE = 32;
  public static final int SO_RCVBUFFORCE = 33;

  public static final int MSG_DONTROUTE = 0x04;
  public static final int MSG_DONTWAIT = 0x40;
  public static final int MSG_CTRUNC = 0x08;
  public static final int MSG_TRUNC = 0x20;
  public static final int MSG_ERRQUEUE = 0x2000;

  private SysSocket() {}
}
