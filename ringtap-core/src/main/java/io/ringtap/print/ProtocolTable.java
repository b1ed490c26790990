package io.ringtap.print;

import static io.ringtap.print.line.NumberSpace.ETHER_TYPE;
import static io.ringtap.print.line.NumberSpace.IP_PROTOCOL;
import static io.ringtap.print.line.NumberSpace.LINK_TYPE;
import static io.ringtap.print.line.NumberSpace.LLC_SAP;
import static io.ringtap.print.line.NumberSpace.PPP;
import static io.ringtap.print.line.NumberSpace.SCTP_PAYLOAD;
import static io.ringtap.print.line.NumberSpace.SNAP;
import static io.ringtap.print.line.NumberSpace.TCP_PORT;
import static io.ringtap.print.line.NumberSpace.UDP_DESTINATION;
import static io.ringtap.print.line.NumberSpace.UDP_PORT;
import static io.ringtap.print.line.NumberSpace.UDP_PORT_AFTER_LENGTH;

import io.ringtap.print.application.DhcpPrinter;
import io.ringtap.print.application.Dhcpv6Printer;
import io.ringtap.print.application.DnsPrinter;
import io.ringtap.print.application.GenevePrinter;
import io.ringtap.print.application.L2tpPrinter;
import io.ringtap.print.application.M3uaPrinter;
import io.ringtap.print.application.NtpPrinter;
import io.ringtap.print.application.OtvPrinter;
import io.ringtap.print.application.PtpPrinter;
import io.ringtap.print.application.RadiusPrinter;
import io.ringtap.print.application.RespPrinter;
import io.ringtap.print.application.SnmpPrinter;
import io.ringtap.print.application.SshPrinter;
import io.ringtap.print.application.SyslogPrinter;
import io.ringtap.print.application.TcpDnsPrinter;
import io.ringtap.print.application.TelnetPrinter;
import io.ringtap.print.application.TextPrinter;
import io.ringtap.print.application.TftpPrinter;
import io.ringtap.print.application.VxlanPrinter;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocols;
import io.ringtap.print.link.ArpPrinter;
import io.ringtap.print.link.ChdlcPrinter;
import io.ringtap.print.link.Cooked2Printer;
import io.ringtap.print.link.CookedPrinter;
import io.ringtap.print.link.EtherPayload;
import io.ringtap.print.link.EthernetPrinter;
import io.ringtap.print.link.LoopbackPrinter;
import io.ringtap.print.link.MplsPrinter;
import io.ringtap.print.link.NflogPrinter;
import io.ringtap.print.link.PppHdlcPrinter;
import io.ringtap.print.link.PppPrinter;
import io.ringtap.print.link.PppoePrinter;
import io.ringtap.print.link.RawPrinter;
import io.ringtap.print.network.AhPrinter;
import io.ringtap.print.network.EspPrinter;
import io.ringtap.print.network.EthernetInIpPrinter;
import io.ringtap.print.network.GrePrinter;
import io.ringtap.print.network.IcmpPrinter;
import io.ringtap.print.network.Icmpv6Printer;
import io.ringtap.print.network.IgmpPrinter;
import io.ringtap.print.network.IpPayload;
import io.ringtap.print.network.IpcompPrinter;
import io.ringtap.print.network.Ipv4Printer;
import io.ringtap.print.network.Ipv6Printer;
import io.ringtap.print.osi.OsiPrinter;
import io.ringtap.print.routing.BfdPrinter;
import io.ringtap.print.routing.BgpPrinter;
import io.ringtap.print.routing.EigrpPrinter;
import io.ringtap.print.routing.HsrpPrinter;
import io.ringtap.print.routing.LdpPrinter;
import io.ringtap.print.routing.LspPingPrinter;
import io.ringtap.print.routing.MsdpPrinter;
import io.ringtap.print.routing.OspfPrinter;
import io.ringtap.print.routing.PimPrinter;
import io.ringtap.print.routing.RipPrinter;
import io.ringtap.print.routing.RipngPrinter;
import io.ringtap.print.routing.VrrpPrinter;
import io.ringtap.print.rsvp.RsvpPrinter;
import io.ringtap.print.security.IkePrinter;
import io.ringtap.print.security.QuicPrinter;
import io.ringtap.print.security.TlsPrinter;
import io.ringtap.print.security.UdpEspPrinter;
import io.ringtap.print.security.WireGuardPrinter;
import io.ringtap.print.switching.CdpPrinter;
import io.ringtap.print.switching.ConfigurationTestPrinter;
import io.ringtap.print.switching.DtpPrinter;
import io.ringtap.print.switching.EapPrinter;
import io.ringtap.print.switching.EapolPrinter;
import io.ringtap.print.switching.LldpPrinter;
import io.ringtap.print.switching.SlowPrinter;
import io.ringtap.print.switching.StpPrinter;
import io.ringtap.print.switching.UdldPrinter;
import io.ringtap.print.switching.VtpPrinter;
import io.ringtap.print.transport.SctpPrinter;
import io.ringtap.print.transport.TcpPrinter;
import io.ringtap.print.transport.UdpPrinter;
import io.ringtap.print.wireless.RadiotapPrinter;
import io.ringtap.print.wireless.WirelessPrinter;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The one table of all protocols: a line each, with its numbers.
final class ProtocolTable {
  private ProtocolTable() {}

  /// All protocols, for one line. If a packet has the ports of two protocols, the one that stands
  /// first here is printed.
  static Protocols of(Line line, IntFunction<@Nullable String> interfaceNames) {
    Protocols all = new Protocols(line);
    EtherPayload ether = new EtherPayload(line, all);
    IpPayload ip = new IpPayload(line, all);
    EthernetPrinter ethernet = new EthernetPrinter(line, ether);
    WirelessPrinter wireless = new WirelessPrinter(line, all);
    ChdlcPrinter cisco = new ChdlcPrinter(line, all);
    PppPrinter ppp = new PppPrinter(line, all);
    OsiPrinter osi = new OsiPrinter(line, all, ppp);
    IkePrinter ike = new IkePrinter(line);
    PtpPrinter ptp = new PtpPrinter(line);

    all.add("BSD loopback", new LoopbackPrinter(line, all), LINK_TYPE, 0, 108);
    all.add("Ethernet", ethernet, LINK_TYPE, 1);
    all.add("PPP", ppp::link, LINK_TYPE, 9);
    all.add("PPP in HDLC", new PppHdlcPrinter(line, all, cisco), LINK_TYPE, 50);
    all.add("Raw IP", new RawPrinter(line, all), LINK_TYPE, 12, 14, 101, 228, 229);
    all.add("Cisco HDLC", cisco, LINK_TYPE, 104);
    all.add("802.11", wireless, LINK_TYPE, 105);
    all.add("Linux cooked v1", new CookedPrinter(line, ether), LINK_TYPE, 113);
    all.add("Radiotap", new RadiotapPrinter(line, wireless), LINK_TYPE, 127);
    all.add("NFLOG", new NflogPrinter(line, all), LINK_TYPE, 239);
    all.add("Linux cooked v2", new Cooked2Printer(line, ether, interfaceNames), LINK_TYPE, 276);

    all.add("IPv4", new Ipv4Printer(line, ip), ETHER_TYPE, 0x0800);
    all.add("ARP", new ArpPrinter(line), ETHER_TYPE, 0x0806, 0x8035);
    all.add("IPv6", new Ipv6Printer(line, ip), ETHER_TYPE, 0x86DD);
    all.add("Slow protocols", new SlowPrinter(line), ETHER_TYPE, 0x8809);
    all.add("PPPoE", new PppoePrinter(line, ppp), ETHER_TYPE, 0x8863, 0x8864);
    all.add("EAPOL", new EapolPrinter(line), ETHER_TYPE, 0x888E);
    all.add("LLDP", new LldpPrinter(line), ETHER_TYPE, 0x88CC);
    all.add("PTP", ptp, ETHER_TYPE, 0x88F7);
    all.add("MPLS", new MplsPrinter(line, all), ETHER_TYPE, 0x8847, 0x8848);
    all.add("CTP loopback", new ConfigurationTestPrinter(line), ETHER_TYPE, 0x9000);
    all.add("OSI", osi::afterByte, ETHER_TYPE, 0xFEFE);

    all.add("IPv4", new Ipv4Printer(line, ip), PPP, 0x0021, 0x002F, 0x0800);
    all.add("IPv6", new Ipv6Printer(line, ip), PPP, 0x0057, 0x86DD);
    all.add("MPLS", new MplsPrinter(line, all), PPP, 0x0281, 0x0283);

    all.add("IPv4", new Ipv4Printer(line, ip), LLC_SAP, 0x06);
    all.add("STP", new StpPrinter(line), LLC_SAP, 0x42);
    all.add("OSI", osi, LLC_SAP, 0xFE);
    all.add("OSI", osi, PPP, 0x0023);
    all.add("STP", new StpPrinter(line), SNAP, 0x00000C010BL, 0x00000C010CL, 0x0080C2000EL);
    all.add("Ethernet", ethernet::afterPadding, SNAP, 0x0080C20001L, 0x0080C20007L);
    all.add("UDLD", new UdldPrinter(line), SNAP, 0x00000C0111L);
    all.add("CDP", new CdpPrinter(line), SNAP, 0x00000C2000L);
    all.add("VTP", new VtpPrinter(line), SNAP, 0x00000C2003L);
    all.add("DTP", new DtpPrinter(line), SNAP, 0x00000C2004L);

    all.add("ICMP", new IcmpPrinter(line, all), IP_PROTOCOL, 1);
    all.add("IGMP", new IgmpPrinter(line), IP_PROTOCOL, 2);
    all.add("IPv4", new Ipv4Printer(line, ip), IP_PROTOCOL, 4);
    all.add("TCP", new TcpPrinter(line, all), IP_PROTOCOL, 6);
    all.add("UDP", new UdpPrinter(line, all), IP_PROTOCOL, 17);
    all.add("IPv6", new Ipv6Printer(line, ip), IP_PROTOCOL, 41);
    all.add("RSVP", new RsvpPrinter(line), IP_PROTOCOL, 46);
    all.add("GRE", new GrePrinter(line, all, ppp), IP_PROTOCOL, 47);
    all.add("ESP", new EspPrinter(line), IP_PROTOCOL, 50);
    all.add("AH", new AhPrinter(line, ip), IP_PROTOCOL, 51);
    all.add("ICMPv6", new Icmpv6Printer(line), IP_PROTOCOL, 58);
    all.add("Sun ND", (_, length) -> line.print(" nd %u", length), IP_PROTOCOL, 77);
    all.add("EIGRP", new EigrpPrinter(line), IP_PROTOCOL, 88);
    all.add("OSPF", new OspfPrinter(line), IP_PROTOCOL, 89);
    all.add("IPComp", new IpcompPrinter(line), IP_PROTOCOL, 108);
    all.add("PIM", new PimPrinter(line, all), IP_PROTOCOL, 103);
    all.add("VRRP", new VrrpPrinter(line), IP_PROTOCOL, 112);
    all.add("SCTP", new SctpPrinter(line, all), IP_PROTOCOL, 132);
    all.add("Ethernet", new EthernetInIpPrinter(line, all), IP_PROTOCOL, 143);
    all.add("No next header", (_, _) -> line.text("no next header"), IP_PROTOCOL, 59);

    all.add("Telnet", new TelnetPrinter(line), TCP_PORT, 23);
    all.add("SMTP", TextPrinter.smtp(line), TCP_PORT, 25);
    all.add("WHOIS", TextPrinter.whois(line), TCP_PORT, 43);
    all.add("BGP", new BgpPrinter(line), TCP_PORT, 179);
    all.add("SSH", new SshPrinter(line), TCP_PORT, 22);
    all.add("FTP", TextPrinter.ftp(line), TCP_PORT, 21);
    all.add("HTTP", TextPrinter.http(line), TCP_PORT, 80, 8080);
    all.add("RTSP", TextPrinter.rtsp(line), TCP_PORT, 554, 8554);
    all.add("MSDP", new MsdpPrinter(line, all), TCP_PORT, 639);
    all.add("LDP", new LdpPrinter(line), TCP_PORT, 646);
    all.add("DNS", new TcpDnsPrinter(line), TCP_PORT, 53);
    all.add("RESP", new RespPrinter(line), TCP_PORT, 6379);
    all.add("TLS", new TlsPrinter(line), TCP_PORT, 443, 465, 636, 853, 993, 995, 5061, 8443);

    all.add("DNS", new DnsPrinter(line, false), UDP_PORT, 53);
    all.add("DHCP", new DhcpPrinter(line), UDP_PORT, 67, 68);
    all.add("IKE", ike, UDP_PORT, 500, 7500, 7501);
    all.add("ESP in UDP", new UdpEspPrinter(line, all, ike), UDP_PORT, 4500);
    all.add("SNMP", new SnmpPrinter(line), UDP_PORT, 161, 162);
    all.add("RIP", new RipPrinter(line), UDP_PORT, 520);
    all.add("RIPng", new RipngPrinter(line), UDP_PORT, 521);
    all.add(
        "RADIUS",
        new RadiusPrinter(line, new EapPrinter(line)),
        UDP_PORT,
        1645,
        1646,
        1812,
        1813,
        3799);
    all.add("NTP", new NtpPrinter(line), UDP_PORT, 123);
    all.add("DHCPv6", new Dhcpv6Printer(line), UDP_PORT, 546, 547);
    all.add("Multicast DNS", new DnsPrinter(line, true), UDP_PORT, 5353);
    all.add("LDP", new LdpPrinter(line), UDP_PORT, 646);
    all.add("TFTP", new TftpPrinter(line), UDP_PORT, 69);
    all.add("PTP", ptp, UDP_PORT, 319, 320);
    all.add("Syslog", new SyslogPrinter(line), UDP_PORT, 514);
    all.add("SIP", TextPrinter.sip(line), UDP_PORT, 5060);
    all.add("L2TP", new L2tpPrinter(line, all), UDP_PORT, 1701);
    all.add("VXLAN", new VxlanPrinter(line, all), UDP_PORT, 4789);
    all.add("OTV", new OtvPrinter(line, all), UDP_PORT, 8472);
    all.add("Geneve", new GenevePrinter(line, all), UDP_PORT, 6081);

    all.add("LSP ping", new LspPingPrinter(line), UDP_PORT, 3503);
    all.add("HSRP", new HsrpPrinter(line), UDP_DESTINATION, 1985);
    all.add("BFD", new BfdPrinter(line), UDP_DESTINATION, 3784, 3785, 4784, 6784);

    all.add("QUIC", new QuicPrinter(line), UDP_PORT_AFTER_LENGTH, 443);
    all.add("WireGuard", new WireGuardPrinter(line), UDP_PORT_AFTER_LENGTH, 51820);

    all.add("M3UA", new M3uaPrinter(line), SCTP_PAYLOAD, 3);
    return all;
  }
}
