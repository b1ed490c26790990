package io.ringtap.monitor.web;

import io.ringtap.packet.IpAddress;
import java.net.InetSocketAddress;

/// Reads `address:port` as Prometheus writes it: `127.0.0.1:9427`, `[::1]:9427`, `localhost:9427`
/// or `:9427` for all addresses.
final class ListenAddress {
  private static final int MAX_PORT = 65_535;

  private ListenAddress() {}

  /// @throws IllegalArgumentException if the text is no such thing; the message says why, in a line
  static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? "" : text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
      throw wrong(text);
    }
    int number = Integer.parseInt(port);
    if (host.isEmpty()) {
      return new InetSocketAddress(number);
    }
    if (host.equals("localhost")) {
      return new InetSocketAddress(IpAddress.parse("127.0.0.1").toInetAddress(), number);
    }
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
    try {
      IpAddress address = IpAddress.parse(bare);
      if (address.isIpv6() == isBracketed) {
        return new InetSocketAddress(address.toInetAddress(), number);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(text).getMessage(), e);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'%s' is no address to listen on; write 127.0.0.1:9427, [::1]:9427 or :9427"
            .formatted(PlainLine.of(text)));
  }
}
