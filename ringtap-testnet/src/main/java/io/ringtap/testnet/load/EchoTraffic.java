package io.ringtap.testnet.load;

import io.ringtap.packet.IpAddress;

/// ICMP echo messages for a [FrameLoad]: IPv4, with correct checksums, addressed to a host that
/// accepts them. Source addresses and identifiers are used in turn; the sequence number is always
/// 1.
///
/// @param isReply whether the messages are replies; otherwise they are requests, which a kernel
///   answers unless `net.ipv4.icmp_echo_ignore_all` is set
/// @param destinationMac hardware address of the interface, such as `02:00:00:00:00:01`
/// @param destination address of the host
/// @param firstSource the first of the source addresses
/// @param sources the number of source addresses
/// @param firstIdentifier the first of the identifiers, which wrap around after 65 535
/// @param identifiers the number of identifiers
public record EchoTraffic(
    boolean isReply,
    String destinationMac,
    String destination,
    String firstSource,
    int sources,
    int firstIdentifier,
    int identifiers) {
  private static final int IDENTIFIERS = 1 << 16;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a number is out of range, or an address is not IPv4
  public EchoTraffic {
    if (sources < 1 || identifiers < 1 || identifiers > IDENTIFIERS) {
      throw new IllegalArgumentException(sources + " sources, " + identifiers + " identifiers");
    }
    if (firstIdentifier < 0 || firstIdentifier >= IDENTIFIERS) {
      throw new IllegalArgumentException("no identifier: " + firstIdentifier);
    }
    int _ = address(destination);
    int _ = address(firstSource);
  }

  static int address(String text) {
    IpAddress address = IpAddress.parse(text);
    if (address.isIpv6()) {
      throw new IllegalArgumentException("not an IPv4 address: " + text);
    }
    return (int) address.low();
  }
}
