package io.ringtap.testnet;

import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;

/// An address with a prefix length: `10.1.2.0/24`, `2001:db8::1/64`. An address without a length
/// has the full length.
///
/// @param address any address of the network
/// @param length prefix length in bits: up to 32, or 128 for IPv6
public record Prefix(IpAddress address, int length) {
  /// Parses a prefix. Names are not looked up.
  ///
  /// @throws IllegalArgumentException if `text` is not a literal address with an optional, valid
  ///   length
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = bits(address);
    int length = slash < 0 ? bits : parseLength(text, slash);
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "'" + text + "': the prefix length must be 0 to " + bits + ", not " + length);
    }
    return new Prefix(address, length);
  }

  private static int parseLength(String text, int slash) {
    try {
      return Integer.parseInt(text, slash + 1, text.length(), 10);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "': no number after the slash", e);
    }
  }

  private static int bits(IpAddress address) {
    return address.isIpv6() ? 128 : 32;
  }

  /// `AF_INET` or `AF_INET6`.
  int family() {
    return address.isIpv6() ? SysSocket.AF_INET6 : SysSocket.AF_INET;
  }

  /// The same prefix with the bits after its length cleared, as required for routes.
  public Prefix network() {
    long high = address.high() & highMask();
    long low = address.low() & lowMask();
    return new Prefix(new IpAddress(address.isIpv6(), high, low), length);
  }

  /// The network mask for [IpAddress#high].
  public long highMask() {
    return address.isIpv6() ? leading(Math.min(length, 64)) : 0;
  }

  /// The network mask for [IpAddress#low].
  public long lowMask() {
    return address.isIpv6()
        ? leading(Math.max(length - 64, 0))
        : leading(32 + length) & 0xffff_ffffL;
  }

  private static long leading(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /// The address in network byte order.
  byte[] bytes() {
    return address.toInetAddress().getAddress();
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
