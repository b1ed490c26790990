package io.ringtap.target;

import io.ringtap.packet.IpAddress;

/// Which addresses are taken as targets.
public enum Family {
  ANY,
  IPV4,
  IPV6;

  public boolean admits(IpAddress address) {
    return this == ANY || address.isIpv6() == (this == IPV6);
  }

  /// `IPv4` or `IPv6`, as messages name it.
  public static String nameOf(IpAddress address) {
    return address.isIpv6() ? "IPv6" : "IPv4";
  }
}
