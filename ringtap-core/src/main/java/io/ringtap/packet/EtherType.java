package io.ringtap.packet;

/// What an Ethernet frame carries (IEEE 802 numbers, IANA registry).
public final class EtherType {
  /// The lowest number that is a type; a lower one is the length of an 802.3 frame (RFC 894).
  public static final int MIN = 0x0600;

  /// An IPv4 packet (RFC 894); see [Ipv4Header].
  public static final int IPV4 = 0x0800;

  /// An [ArpPacket] (RFC 826).
  public static final int ARP = 0x0806;

  /// A customer tag (802.1Q) follows, then another EtherType.
  public static final int VLAN = 0x8100;

  /// An IPv6 packet (RFC 2464 §3); see [Ipv6Header].
  public static final int IPV6 = 0x86DD;

  /// A service tag (802.1ad) follows, then another EtherType.
  public static final int QINQ = 0x88A8;

  /// A service tag follows, as switches from before 802.1ad write it.
  public static final int QINQ_PRE_STANDARD = 0x9100;

  private EtherType() {}

  /// Whether a [VlanTag] follows.
  public static boolean isVlan(int etherType) {
    return etherType == VLAN || etherType == QINQ || etherType == QINQ_PRE_STANDARD;
  }

  /// The name that `tcpdump -e` prints, or `Unknown`.
  public static String word(int etherType) {
    return switch (etherType) {
      case 0x0600 -> "NS";
      case 0x0707 -> "GeoNet (old)";
      case IPV4 -> "IPv4";
      case ARP -> "ARP";
      case 0x1000 -> "Trail";
      case 0x1111 -> "CALM FAST";
      case 0x6001 -> "MOP DL";
      case 0x6002 -> "MOP RC";
      case 0x6003 -> "DN";
      case 0x6004 -> "LAT";
      case 0x6007 -> "SCA";
      case 0x6558 -> "TEB";
      case 0x8035 -> "Reverse ARP";
      case 0x8038 -> "Lanbridge";
      case 0x803C -> "DEC DNS";
      case 0x803E -> "DEC DTS";
      case 0x805B -> "VEXP";
      case 0x805C -> "VPROD";
      case 0x809B -> "Appletalk";
      case 0x80F3 -> "Appletalk ARP";
      case VLAN -> "802.1Q";
      case 0x8137 -> "IPX";
      case IPV6 -> "IPv6";
      case 0x8808 -> "MPCP";
      case 0x8809 -> "Slow Protocols";
      case 0x880B -> "PPP";
      case 0x8847 -> "MPLS unicast";
      case 0x8848 -> "MPLS multicast";
      case 0x8863 -> "PPPoE D";
      case 0x8864 -> "PPPoE S";
      case 0x886F -> "MS NLB heartbeat";
      case 0x8870 -> "Jumbo";
      case 0x888E -> "EAPOL";
      case 0x8899 -> "Realtek protocols";
      case 0x88A2 -> "AoE";
      case QINQ -> "802.1Q-QinQ";
      case 0x88CA -> "TIPC";
      case 0x88CC -> "LLDP";
      case 0x88E5 -> "802.1AE MACsec";
      case 0x88F7 -> "PTP";
      case 0x8902 -> "CFM";
      case 0x893A -> "IEEE1905.1";
      case 0x8947 -> "GeoNet";
      case 0x894F -> "NSH";
      case 0x9000 -> "Loopback";
      case QINQ_PRE_STANDARD -> "802.1Q-9100";
      case 0x9200 -> "802.1Q-9200";
      case 0xABCD -> "CFM (old)";
      case 0xD28B -> "Arista Vendor Specific Protocol";
      case 0xFEFE -> "OSI";
      default -> "Unknown";
    };
  }
}
