package io.ringtap.packet;

/// What a captured frame begins with: a number of the registry at
/// <https://www.tcpdump.org/linktypes.html>, which savefiles carry. Open, for files may hold any.
///
/// @param number the `LINKTYPE_` value
public record LinkType(int number) {
  /// BSD loopback: an address family of four octets, in the byte order of the machine that wrote
  /// it.
  public static final LinkType NULL = new LinkType(0);

  /// Ethernet, and Linux's loopback interface, whose frames look the same.
  public static final LinkType ETHERNET = new LinkType(1);

  /// An IPv4 or IPv6 packet and nothing before it.
  public static final LinkType RAW = new LinkType(101);

  /// OpenBSD loopback: an address family of four octets in network byte order.
  public static final LinkType LOOP = new LinkType(108);

  /// Linux cooked capture: a pseudo-header of 16 octets.
  public static final LinkType LINUX_SLL = new LinkType(113);

  /// An IPv4 packet.
  public static final LinkType IPV4 = new LinkType(228);

  /// An IPv6 packet.
  public static final LinkType IPV6 = new LinkType(229);

  /// Linux cooked capture, version 2: a pseudo-header of 20 octets, which names the interface.
  public static final LinkType LINUX_SLL2 = new LinkType(276);

  /// The name that `tcpdump -L` prints, such as `EN10MB`; the number where none is known.
  public String word() {
    return switch (number) {
      case 0 -> "NULL";
      case 1 -> "EN10MB";
      case 101 -> "RAW";
      case 108 -> "LOOP";
      case 113 -> "LINUX_SLL";
      case 228 -> "IPV4";
      case 229 -> "IPV6";
      case 276 -> "LINUX_SLL2";
      default -> Integer.toString(number);
    };
  }

  /// What [#word] stands for, such as `Ethernet`.
  public String description() {
    return switch (number) {
      case 0 -> "BSD loopback";
      case 1 -> "Ethernet";
      case 101 -> "Raw IP";
      case 108 -> "OpenBSD loopback";
      case 113 -> "Linux cooked v1";
      case 228 -> "Raw IPv4";
      case 229 -> "Raw IPv6";
      case 276 -> "Linux cooked v2";
      default -> "link type " + number;
    };
  }

  @Override
  public String toString() {
    return word() + " (" + description() + ")";
  }
}
