package io.ringtap.print.routing;

import io.ringtap.print.line.Bandwidth;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Extended communities of BGP (RFC 4360).
final class BgpExtendedCommunities {
  private static final int BYTES = 8;

  private static final Names TYPES =
      Names.of(
          """
          0x0002 target
          0x0003 origin
          0x0005 ospf-domain
          0x0009 source-AS
          0x000A l2vpn-id
          0x0102 target
          0x0103 origin
          0x0105 ospf-domain
          0x0107 ospf-router-id
          0x010B vrf-route-import
          0x0202 target
          0x0203 origin
          0x0205 ospf-domain
          0x0306 ospf-route-type
          0x030C encapsulation
          0x4004 link-BW
          0x8000 ospf-route-type
          0x8001 ospf-router-id
          0x8005 ospf-domain
          0x800A layer2-info
          0x8800 eigrp-general-route (flag, tag)
          0x8801 eigrp-route-metric (AS, delay)
          0x8802 eigrp-route-metric (reliability, nexthop, bandwidth)
          0x8803 eigrp-route-metric (load, MTU)
          0x8804 eigrp-external-route (remote-AS, remote-ID)
          0x8805 eigrp-external-route (remote-proto, remote-metric)
          0xF10A l2vpn-id\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x8000 vendor-specific
          0x4000 non-transitive\
          """);

  /// RFC 4577 §4.2.6.
  private static final Names ROUTE_TYPES =
      Names.of(
          """
          1 Router
          2 Network
          3 Summary
          5 External
          7 NSSA External
          129 MPLS-VPN Sham\
          """);

  /// RFC 9012.
  private static final Names TUNNELS =
      Names.of(
          """
          1 L2TPv3 over IP
          2 GRE
          3 Transmit Tunnel
          4 IPsec
          5 IP in IP with IPsec
          6 MPLS in IP with IPsec
          7 IP in IP
          8 VXLAN
          9 NVGRE
          10 MPLS
          11 MPLS in GRE
          12 VXLAN GPE
          13 MPLS in UDP
          14 IPv6
          15 SR TE
          16 Bare
          17 SR\
          """);

  /// Layer 2 circuits (RFC 4446 §3.2, RFC 4761 §3.2.4).
  private static final Names CIRCUITS =
      Names.of(
          """
          0 Reserved
          1 Frame Relay
          2 ATM AAL5 SDU VCC transport
          3 ATM transparent cell transport
          4 Ethernet (VLAN) Tagged Mode
          5 Ethernet Raw Mode
          6 Cisco HDLC
          7 PPP
          8 SONET/SDH Circuit Emulation Service over MPLS
          9 ATM n-to-one VCC cell transport
          10 ATM n-to-one VPC cell transport
          11 IP layer 2 transport
          15 Frame Relay Port mode
          17 Structure-agnostic E1 over packet
          18 Structure-agnostic T1 (DS1) over packet
          19 VPLS
          20 Structure-agnostic T3 (DS3) over packet
          21 Nx64kbit/s Basic Service using Structure-aware
          25 Frame Relay DLCI\
          """);

  private final Line line;

  BgpExtendedCommunities(Line line) {
    this.line = line;
  }

  void print(long first, int length) {
    for (long at = first; at < first + length && !line.isCut(); at += BYTES) {
      int type = line.u16(at);
      line.text("\n\t    ").text(TYPES.find(type, "unknown extd community typecode"));
      line.print(" (0x%04x), Flags [", type).bits(FLAGS, type, "none").text("]: ");
      value(type, at);
    }
  }

  private void value(int type, long at) {
    switch (type) {
      case 0x0002, 0x0003, 0x000A -> {
        line.print("%u:%u (= ", line.u16(at + 2), line.u32(at + 4)).ipv4(at + 4).text(")");
      }
      case 0x0102, 0x0103, 0xF10A, 0x010B -> line.ipv4(at + 2).print(":%u", line.u16(at + 6));
      case 0x0202, 0x0203 -> {
        line.needs(at + 2, 6);
        BgpNames.system(line, "", 4, at + 2);
        line.print(":%u", line.u16(at + 6));
      }
      case 0x4004 -> Bandwidth.print(line.text("bandwidth: "), at + 4);
      case 0x0005, 0x0105, 0x0205, 0x8005, 0x0107, 0x8001 -> line.ipv4(at + 2);
      case 0x0306, 0x8000 -> route(at);
      case 0x800A -> {
        line.text(CIRCUITS.find(line.u8(at + 2), "unknown encaps"));
        line.print(" Control Flags [0x%02x]:MTU %u", line.u8(at + 3), line.u16(at + 4));
      }
      case 0x0009 -> line.print("AS %u", line.u16(at + 2));
      case 0x030C -> {
        line.text("Tunnel type: ").text(TUNNELS.find(line.u16(at + 6), "unknown encaps"));
      }
      default -> line.hexBytes(at + 2, 6);
    }
  }

  private void route(long at) {
    int type = line.u8(at + 6);
    line.text("area:").ipv4(at + 2).text(", router-type:");
    line.name(ROUTE_TYPES.find(type), "unknown (0x%02x)", type).text(", metric-type:");
    line.text((line.u8(at + 7) & 1) != 0 ? "E2" : "").text(type == 5 || type == 7 ? "E1" : "");
  }
}
