package io.ringtap.packet;

/// What an IP packet carries: the protocol field of IPv4, the next header of IPv6 (IANA registry).
public final class IpProtocol {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;

  private IpProtocol() {}
}
