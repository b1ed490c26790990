package io.ringtap.target;

import io.ringtap.packet.IpAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The interface that belongs to a link-local address (RFC 4007 §11).
public final class Scope {
  private static final Map<Integer, String> NAMES = new ConcurrentHashMap<>();

  private Scope() {}

  /// Whether an address says too little without it: link-local unicast, or multicast of link scope.
  public static boolean isNeeded(IpAddress address) {
    long top = address.high() >>> 48;
    return address.isIpv6() && ((top & 0xFFC0) == 0xFE80 || (top & 0xFF0F) == 0xFF02);
  }

  /// An address as people write it, with `%` and the interface's name where it needs that.
  ///
  /// @param interfaceIndex 0 for none
  public static String text(IpAddress address, int interfaceIndex) {
    return interfaceIndex == 0 || !isNeeded(address)
        ? address.toString()
        : address + "%" + NAMES.computeIfAbsent(interfaceIndex, Scope::name);
  }

  /// The name of an interface, or its number if it has gone.
  private static String name(int index) {
    try {
      NetworkInterface device = NetworkInterface.getByIndex(index);
      return device == null ? Integer.toString(index) : device.getName();
    } catch (SocketException e) {
      return Integer.toString(index);
    }
  }
}
