package io.ringtap.testnet.load;

import io.ringtap.packet.IpAddress;

/// ICMP echo for a [FrameLoad] to consist of: IPv4, with checksums that are right, addressed to a
/// host that takes it in. Source addresses and identifiers take turns; the sequence number is
/// always 1.
///
/// @param isReply replies; requests otherwise, which a kernel answers unless
///   `net.ipv4.icmp_echo_ignore_all` is set
/// @param destinationMac hardware address of the interface, such as `02:00:00:00:00:01`
/// @param destination address of the host
/// @param firstSource the first of the source addresses
/// @param sources how many there are
/// @param firstIdentifier the first of the identifiers, which begin at 0 again behind 65 535
/// @param identifiers how many there are
public record EchoTraffic(
    boolean isReply,
    String destinationMac,
    String destination,
    String firstSource,
    int sources,
    int firstIdentifier,
    int identifiers) {
  private static final int IDENTIFIERS = 1 << 16;

  /// Refuses what no frame could show.
  ///
  /// @throws IllegalArgumentException if a number is out of its range, or an address is none of
  ///   IPv4
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
