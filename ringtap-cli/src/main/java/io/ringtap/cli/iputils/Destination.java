package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingRequest;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/// The host that is pinged.
///
/// @param name as it was written
/// @param scopeId the interface index of a link-local address, if one was written; else 0
/// @param isNumeric whether it was written as an address, so that no names are looked up
record Destination(String name, IpAddress address, int scopeId, boolean isNumeric) {
  private static final int IPV4_PARTS = 4;
  private static final int HEX = 16;
  private static final int OCTAL = 8;
  private static final int DECIMAL = 10;

  /// Which addresses may be taken.
  enum Family {
    ANY,
    IPV4,
    IPV6
  }

  /// Looks a destination up.
  ///
  /// @throws BadArgument in the words of `getaddrinfo(3)`
  static Destination of(String text, Family family) throws BadArgument {
    long ipv4 = ipv4(text);
    int percent = text.indexOf('%');
    if (ipv4 >= 0) {
      return admitted(family, new Destination(text, IpAddress.ofIpv4((int) ipv4), 0, true));
    }
    if (text.indexOf(':') >= 0) {
      String number = percent < 0 ? text : text.substring(0, percent);
      int scopeId = percent < 0 ? 0 : interfaceIndex(text.substring(percent + 1));
      if (scopeId < 0) {
        throw notKnown(text);
      }
      try {
        return admitted(family, new Destination(text, IpAddress.parse(number), scopeId, true));
      } catch (IllegalArgumentException e) {
        throw notKnown(text);
      }
    }
    return lookedUp(text, family);
  }

  private static Destination lookedUp(String name, Family family) throws BadArgument {
    // The JDK would put IPv4 first; the system's order is that of RFC 6724.
    System.setProperty("java.net.preferIPv6Addresses", "system");
    List<PingRequest> found;
    try {
      if (name.isEmpty()) { // to the JDK, this machine
        throw notKnown(name);
      }
      found = PingRequest.toAll(name);
    } catch (UnknownHostException e) {
      String message = String.valueOf(e.getMessage());
      throw message.equals(name) ? notKnown(name) : new BadArgument(message);
    }
    for (PingRequest each : found) {
      if (admits(family, each.target())) {
        return new Destination(name, each.target(), each.scopeId(), false);
      }
    }
    throw otherFamily(name);
  }

  private static Destination admitted(Family family, Destination found) throws BadArgument {
    if (!admits(family, found.address)) {
      throw otherFamily(found.name);
    }
    return found;
  }

  private static boolean admits(Family family, IpAddress address) {
    return family == Family.ANY || address.isIpv6() == (family == Family.IPV6);
  }

  private static BadArgument notKnown(String name) {
    return new BadArgument(name + ": Name or service not known");
  }

  private static BadArgument otherFamily(String name) {
    return new BadArgument(name + ": Address family for hostname not supported");
  }

  /// An IPv4 address in any form of `inet_aton(3)`: one to four numbers, of which the last fills
  /// the rest; -1 if the text is in no such form.
  private static long ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > IPV4_PARTS) {
      return -1;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      int bits = isLast ? Byte.SIZE * (IPV4_PARTS - i) : Byte.SIZE;
      long part = part(parts[i]);
      if (part < 0 || part >>> bits != 0) {
        return -1;
      }
      address = address << bits | part;
    }
    return address;
  }

  private static long part(String text) {
    boolean isHex = text.startsWith("0x") || text.startsWith("0X");
    int radix = isHex ? HEX : text.startsWith("0") ? OCTAL : DECIMAL;
    String digits = isHex ? text.substring(2) : text;
    boolean isNumber = !digits.isEmpty() && Character.digit(digits.charAt(0), radix) >= 0;
    try {
      return isNumber ? Long.parseLong(digits, radix) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// The index of an interface by its name or number; -1 if no interface has it.
  static int interfaceIndex(String text) {
    try {
      NetworkInterface device = NetworkInterface.getByName(text);
      if (device != null) {
        return device.getIndex();
      }
      int index = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
      return index > 0 && NetworkInterface.getByIndex(index) != null ? index : -1;
    } catch (SocketException e) {
      return -1;
    }
  }
}
