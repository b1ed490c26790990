package io.ringtap.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IPv4 or IPv6 address as the numbers in packet headers. It has no scope: keep the interface of
/// a link-local address beside it.
///
/// Addresses are ordered IPv4 before IPv6, then as unsigned numbers.
///
/// @param isIpv6 the family
/// @param high the first eight bytes of an IPv6 address, first byte highest; 0 for IPv4
/// @param low the last eight bytes of an IPv6 address, or the four of an IPv4 address as a number
///   from 0 to 2³² - 1
public record IpAddress(boolean isIpv6, long high, long low) implements Comparable<IpAddress> {

  /// An address of either family, from the numbers in its header.
  ///
  /// @throws IllegalArgumentException if an IPv4 address has more than 32 bits
  public IpAddress {
    if (!isIpv6 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException(
          "an IPv4 address has 32 bits, not 0x%x%016x".formatted(high, low));
    }
  }

  /// An IPv4 address.
  ///
  /// @param address as a big-endian number, as [Ipv4Header#source] returns them
  public static IpAddress ofIpv4(int address) {
    return new IpAddress(false, 0, Integer.toUnsignedLong(address));
  }

  /// An IPv6 address, in halves as [Ipv6Header#sourceHigh] and [Ipv6Header#sourceLow] return them.
  public static IpAddress ofIpv6(long high, long low) {
    return new IpAddress(true, high, low);
  }

  /// The same address, without its scope.
  public static IpAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? ofIpv4(bytes.getInt())
        : ofIpv6(bytes.getLong(), bytes.getLong());
  }

  /// Parses an address, without asking a name service.
  ///
  /// @param text four decimal numbers with dots and without leading zeros, or any form of RFC 4291
  ///   §2.2: with `::`, with the last 32 bits as an IPv4 address, in upper or lower case; no scope,
  ///   prefix or brackets
  /// @throws IllegalArgumentException if `text` is not an address; the message says why
  public static IpAddress parse(String text) {
    return IpAddressText.parse(text);
  }

  /// The same address as an object of the JDK. An IPv4-mapped address stays an [Inet6Address].
  public InetAddress toInetAddress() {
    try {
      return isIpv6
          ? Inet6Address.getByAddress(
              null, ByteBuffer.allocate(16).putLong(high).putLong(low).array(), -1)
          : InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((int) low).array());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e);
    }
  }

  /// Whether this is `0.0.0.0` or `::`, which stand for no address; what is sent there reaches this
  /// host.
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  /// Whether this is the address of a group: `224.0.0.0/4` (RFC 5771) or `ff00::/8` (RFC 4291
  /// §2.7).
  public boolean isMulticast() {
    return isIpv6 ? high >>> 56 == 0xff : low >>> 28 == 0xe;
  }

  /// Whether this is the limited broadcast address, `255.255.255.255` (RFC 919 §7).
  public boolean isBroadcast() {
    return !isIpv6 && low == 0xffff_ffffL;
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = Boolean.compare(isIpv6, other.isIpv6);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /// Appends the canonical text of an IPv4 address without creating an object.
  ///
  /// @param address as [Ipv4Header#source] returns them
  public static void appendIpv4(StringBuilder to, int address) {
    IpAddressText.appendDottedQuad(to, Integer.toUnsignedLong(address));
  }

  /// Appends the canonical text of an IPv6 address (RFC 5952) without creating an object.
  public static void appendIpv6(StringBuilder to, long high, long low) {
    IpAddressText.appendIpv6(to, high, low);
  }

  /// The canonical text: four decimal numbers, or RFC 5952.
  @Override
  public String toString() {
    return IpAddressText.format(this);
  }
}
