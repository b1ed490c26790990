package io.ringtap.cli.ping;

import io.ringtap.packet.IpAddress;

/// Which addresses may be pinged.
enum Family {
  ANY,
  IPV4,
  IPV6;

  boolean admits(IpAddress address) {
    return this == ANY || address.isIpv6() == (this == IPV6);
  }

  /// `IPv4` or `IPv6`, as messages name it.
  static String nameOf(IpAddress address) {
    return address.isIpv6() ? "IPv6" : "IPv4";
  }
}
