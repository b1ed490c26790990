package io.ringtap.linux.abi.socket;

import io.ringtap.linux.abi.CHeader;

/// Protocols and options of `ip(7)` and `ipv6(7)`.
@CHeader({"netinet/in.h", "netinet/ip.h", "linux/in6.h"})
public final class NetinetIn {
  public static final int IPPROTO_IP = 0;
  public static final int IPPROTO_ICMP = 1;
  public static final int IPPROTO_IPV6 = 41;
  public static final int IPPROTO_ICMPV6 = 58;
  public static final int IPPROTO_RAW = 255;

  public static final int IP_TOS = 1;
  public static final int IP_TTL = 2;
  public static final int IP_HDRINCL = 3;
  public static final int IP_RETOPTS = 7;
  public static final int IP_PKTINFO = 8;
  public static final int IP_MTU_DISCOVER = 10;
  public static final int IP_RECVERR = 11;
  public static final int IP_RECVTTL = 12;
  public static final int IP_RECVTOS = 13;
  public static final int IP_MTU = 14;
  public static final int IP_MULTICAST_LOOP = 34;
  public static final int IP_PMTUDISC_DONT = 0;

  public static final int IPV6_CHECKSUM = 7;
  public static final int IPV6_FLOWINFO = 11;
  public static final int IPV6_UNICAST_HOPS = 16;
  public static final int IPV6_MULTICAST_LOOP = 19;
  public static final int IPV6_MTU_DISCOVER = 23;
  public static final int IPV6_MTU = 24;
  public static final int IPV6_RECVERR = 25;
  public static final int IPV6_V6ONLY = 26;
  public static final int IPV6_RECVPKTINFO = 49;
  public static final int IPV6_PKTINFO = 50;
  public static final int IPV6_RECVHOPLIMIT = 51;
  public static final int IPV6_HOPLIMIT = 52;
  public static final int IPV6_RECVTCLASS = 66;
  public static final int IPV6_TCLASS = 67;

  private NetinetIn() {}
}
