package io.ringtap.lab;

import io.ringtap.linux.SysSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// An address and how many of its leading bits name the network: `10.1.2.0/24`, `2001:db8::1/64`.
/// An address alone is a network of one.
record Prefix(InetAddress address, int length) {
  /// Reads a prefix. Names are not looked up.
  ///
  /// @throws IllegalArgumentException if `text` is not a literal address, with or without a length
  ///   that fits its family
  static Prefix parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * Byte.SIZE;
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

  /// `AF_INET` or `AF_INET6`.
  int family() {
    return isIpv4() ? SysSocket.AF_INET : SysSocket.AF_INET6;
  }

  boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /// The same prefix with the bits after its length cleared, as routes want it.
  Prefix network() {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      int kept = Math.clamp(length - i * Byte.SIZE, 0, Byte.SIZE);
      octets[i] &= (byte) (0xff00 >> kept);
    }
    try {
      return new Prefix(InetAddress.getByAddress(octets), length);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address kept its length", e);
    }
  }

  byte[] octets() {
    return address.getAddress();
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
