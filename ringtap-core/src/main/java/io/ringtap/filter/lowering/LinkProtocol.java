package io.ringtap.filter.lowering;

import io.ringtap.packet.EtherType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a link layer carries, in one space of numbers: EtherTypes, and below [EtherType#MIN] the
/// service access points (SAP) of IEEE 802.2.
final class LinkProtocol {
  /// The greatest length of an 802.3 frame's data, and so the greatest number that is no type.
  static final int MAX_LENGTH = 1500;

  static final int RARP = 0x8035;
  static final int MOPDL = 0x6001;
  static final int MOPRC = 0x6002;
  static final int DECNET = 0x6003;
  static final int LAT = 0x6004;
  static final int SCA = 0x6007;
  static final int ATALK = 0x809B;
  static final int AARP = 0x80F3;
  static final int IPX = 0x8137;
  static final int MPLS = 0x8847;
  static final int PPPOE_DISCOVERY = 0x8863;
  static final int PPPOE_SESSION = 0x8864;

  /// What Geneve calls an Ethernet frame.
  static final int ETHERNET = 0x6558;

  static final int SAP_IP = 0x06;
  static final int SAP_STP = 0x42;
  static final int SAP_IPX = 0xE0;
  static final int SAP_NETBEUI = 0xF0;
  static final int SAP_ISO = 0xFE;

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("pup", 0x0200),
          Map.entry("xns", 0x0600),
          Map.entry("ip", EtherType.IPV4),
          Map.entry("ip6", EtherType.IPV6),
          Map.entry("arp", EtherType.ARP),
          Map.entry("rarp", RARP),
          Map.entry("sprite", 0x0500),
          Map.entry("mopdl", MOPDL),
          Map.entry("moprc", MOPRC),
          Map.entry("decnet", DECNET),
          Map.entry("lat", LAT),
          Map.entry("sca", SCA),
          Map.entry("atalk", ATALK),
          Map.entry("aarp", AARP),
          Map.entry("lldp", 0x88CC),
          Map.entry("loopback", 0x9000),
          Map.entry("slow", 0x8809),
          Map.entry("iso", SAP_ISO),
          Map.entry("stp", SAP_STP),
          Map.entry("ipx", SAP_IPX),
          Map.entry("netbeui", SAP_NETBEUI));

  private LinkProtocol() {}

  static @Nullable Integer named(String name) {
    return NAMES.get(name);
  }
}
