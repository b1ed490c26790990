package io.ringtap.packet;

/// What a captured frame begins with: a number of the registry at
/// <https://www.tcpdump.org/linktypes.html>, which savefiles carry. Any number is allowed, because
/// files may contain any.
///
/// @param number the `LINKTYPE_` value
public record LinkType(int number) {
  /// The number of [#NULL].
  public static final int LINKTYPE_NULL = 0;

  /// The number of [#ETHERNET].
  public static final int LINKTYPE_ETHERNET = 1;

  /// The number of [#PPP].
  public static final int LINKTYPE_PPP = 9;

  /// [#RAW] as files have it that wrote the number of their system instead of the registry's.
  public static final int LINKTYPE_RAW_LOCAL = 12;

  /// [#RAW] as files of OpenBSD have it that wrote the number of their system.
  public static final int LINKTYPE_RAW_OPENBSD = 14;

  /// The number of [#PPP_SERIAL].
  public static final int LINKTYPE_PPP_SERIAL = 50;

  /// The number of [#PPP_ETHER].
  public static final int LINKTYPE_PPP_ETHER = 51;

  /// The number of [#RAW].
  public static final int LINKTYPE_RAW = 101;

  /// The number of [#C_HDLC].
  public static final int LINKTYPE_C_HDLC = 104;

  /// The number of [#IEEE802_11].
  public static final int LINKTYPE_IEEE802_11 = 105;

  /// The number of [#LOOP].
  public static final int LINKTYPE_LOOP = 108;

  /// The number of [#LINUX_SLL].
  public static final int LINKTYPE_LINUX_SLL = 113;

  /// The number of [#PRISM_HEADER].
  public static final int LINKTYPE_PRISM_HEADER = 119;

  /// The number of [#IEEE802_11_RADIO].
  public static final int LINKTYPE_IEEE802_11_RADIO = 127;

  /// The number of [#IEEE802_11_RADIO_AVS].
  public static final int LINKTYPE_IEEE802_11_RADIO_AVS = 163;

  /// The number of [#PPI].
  public static final int LINKTYPE_PPI = 192;

  /// The number of [#IPV4].
  public static final int LINKTYPE_IPV4 = 228;

  /// The number of [#IPV6].
  public static final int LINKTYPE_IPV6 = 229;

  /// The number of [#NFLOG].
  public static final int LINKTYPE_NFLOG = 239;

  /// The number of [#LINUX_SLL2].
  public static final int LINKTYPE_LINUX_SLL2 = 276;

  /// BSD loopback: an address family of four bytes, in the byte order of the machine that wrote it.
  public static final LinkType NULL = new LinkType(LINKTYPE_NULL);

  /// Ethernet, and Linux's loopback interface, whose frames look the same.
  public static final LinkType ETHERNET = new LinkType(LINKTYPE_ETHERNET);

  /// An IPv4 or IPv6 packet and nothing before it.
  public static final LinkType RAW = new LinkType(LINKTYPE_RAW);

  /// OpenBSD loopback: an address family of four bytes in network byte order.
  public static final LinkType LOOP = new LinkType(LINKTYPE_LOOP);

  /// Linux cooked capture: a pseudo-header of 16 bytes.
  public static final LinkType LINUX_SLL = new LinkType(LINKTYPE_LINUX_SLL);

  /// An IPv4 packet.
  public static final LinkType IPV4 = new LinkType(LINKTYPE_IPV4);

  /// An IPv6 packet.
  public static final LinkType IPV6 = new LinkType(LINKTYPE_IPV6);

  /// Linux cooked capture, version 2: a pseudo-header of 20 bytes, which names the interface.
  public static final LinkType LINUX_SLL2 = new LinkType(LINKTYPE_LINUX_SLL2);

  /// PPP after the address and control bytes of HDLC.
  public static final LinkType PPP = new LinkType(LINKTYPE_PPP);

  /// PPP in the framing of HDLC (RFC 1662), or Cisco HDLC.
  public static final LinkType PPP_SERIAL = new LinkType(LINKTYPE_PPP_SERIAL);

  /// A PPPoE session (RFC 2516), from its header on.
  public static final LinkType PPP_ETHER = new LinkType(LINKTYPE_PPP_ETHER);

  /// Cisco HDLC.
  public static final LinkType C_HDLC = new LinkType(LINKTYPE_C_HDLC);

  /// A frame of a wireless LAN (IEEE 802.11).
  public static final LinkType IEEE802_11 = new LinkType(LINKTYPE_IEEE802_11);

  /// A radiotap header, then a frame of a wireless LAN.
  public static final LinkType IEEE802_11_RADIO = new LinkType(LINKTYPE_IEEE802_11_RADIO);

  /// A header of the Prism driver, or one of AVS in its place, then a frame of a wireless LAN.
  public static final LinkType PRISM_HEADER = new LinkType(LINKTYPE_PRISM_HEADER);

  /// A header of AVS, then a frame of a wireless LAN.
  public static final LinkType IEEE802_11_RADIO_AVS = new LinkType(LINKTYPE_IEEE802_11_RADIO_AVS);

  /// A header of per-packet information, which says what comes after it: as a rule a frame of a
  /// wireless LAN.
  public static final LinkType PPI = new LinkType(LINKTYPE_PPI);

  /// What Linux logs of a packet (nfnetlink_log).
  public static final LinkType NFLOG = new LinkType(LINKTYPE_NFLOG);

  /// The name that `tcpdump -L` prints, such as `EN10MB`; the number if the type is not known here.
  public String word() {
    return switch (number) {
      case LINKTYPE_NULL -> "NULL";
      case LINKTYPE_ETHERNET -> "EN10MB";
      case LINKTYPE_PPP -> "PPP";
      case LINKTYPE_RAW, LINKTYPE_RAW_LOCAL, LINKTYPE_RAW_OPENBSD -> "RAW";
      case LINKTYPE_PPP_SERIAL -> "PPP_SERIAL";
      case LINKTYPE_PPP_ETHER -> "PPP_ETHER";
      case LINKTYPE_C_HDLC -> "C_HDLC";
      case LINKTYPE_IEEE802_11 -> "IEEE802_11";
      case LINKTYPE_IEEE802_11_RADIO -> "IEEE802_11_RADIO";
      case LINKTYPE_PRISM_HEADER -> "PRISM_HEADER";
      case LINKTYPE_IEEE802_11_RADIO_AVS -> "IEEE802_11_RADIO_AVS";
      case LINKTYPE_PPI -> "PPI";
      case LINKTYPE_NFLOG -> "NFLOG";
      case LINKTYPE_LOOP -> "LOOP";
      case LINKTYPE_LINUX_SLL -> "LINUX_SLL";
      case LINKTYPE_IPV4 -> "IPV4";
      case LINKTYPE_IPV6 -> "IPV6";
      case LINKTYPE_LINUX_SLL2 -> "LINUX_SLL2";
      default -> Integer.toString(number);
    };
  }

  /// What [#word] stands for, such as `Ethernet`.
  public String description() {
    return switch (number) {
      case LINKTYPE_NULL -> "BSD loopback";
      case LINKTYPE_ETHERNET -> "Ethernet";
      case LINKTYPE_PPP -> "PPP";
      case LINKTYPE_RAW, LINKTYPE_RAW_LOCAL, LINKTYPE_RAW_OPENBSD -> "Raw IP";
      case LINKTYPE_PPP_SERIAL -> "PPP over serial";
      case LINKTYPE_PPP_ETHER -> "PPPoE";
      case LINKTYPE_C_HDLC -> "Cisco HDLC";
      case LINKTYPE_IEEE802_11 -> "802.11";
      case LINKTYPE_IEEE802_11_RADIO -> "802.11 plus radiotap header";
      case LINKTYPE_PRISM_HEADER -> "802.11 plus Prism header";
      case LINKTYPE_IEEE802_11_RADIO_AVS -> "802.11 plus AVS radio information header";
      case LINKTYPE_PPI -> "Per-Packet Information";
      case LINKTYPE_NFLOG -> "Linux netfilter log messages";
      case LINKTYPE_LOOP -> "OpenBSD loopback";
      case LINKTYPE_LINUX_SLL -> "Linux cooked v1";
      case LINKTYPE_IPV4 -> "Raw IPv4";
      case LINKTYPE_IPV6 -> "Raw IPv6";
      case LINKTYPE_LINUX_SLL2 -> "Linux cooked v2";
      default -> "link type " + number;
    };
  }

  @Override
  public String toString() {
    return word() + " (" + description() + ")";
  }
}
