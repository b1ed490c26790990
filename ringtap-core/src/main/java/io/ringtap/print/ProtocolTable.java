package io.ringtap.print;

import static io.ringtap.print.line.NumberSpace.ETHER_TYPE;
import static io.ringtap.print.line.NumberSpace.IP_PROTOCOL;
import static io.ringtap.print.line.NumberSpace.LINK_TYPE;
import static io.ringtap.print.line.NumberSpace.TCP_PORT;
import static io.ringtap.print.line.NumberSpace.UDP_PORT;

import io.ringtap.print.application.DnsPrinter;
import io.ringtap.print.application.TcpDnsPrinter;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocols;
import io.ringtap.print.link.ArpPrinter;
import io.ringtap.print.link.Cooked2Printer;
import io.ringtap.print.link.CookedPrinter;
import io.ringtap.print.link.EtherPayload;
import io.ringtap.print.link.EthernetPrinter;
import io.ringtap.print.link.LoopbackPrinter;
import io.ringtap.print.link.RawPrinter;
import io.ringtap.print.network.AhPrinter;
import io.ringtap.print.network.IcmpPrinter;
import io.ringtap.print.network.Icmpv6Printer;
import io.ringtap.print.network.IpPayload;
import io.ringtap.print.network.Ipv4Printer;
import io.ringtap.print.network.Ipv6Printer;
import io.ringtap.print.transport.TcpPrinter;
import io.ringtap.print.transport.UdpPrinter;
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

    all.add("BSD loopback", new LoopbackPrinter(line, all), LINK_TYPE, 0, 108);
    all.add("Ethernet", new EthernetPrinter(line, ether), LINK_TYPE, 1);
    all.add("Raw IP", new RawPrinter(line, all), LINK_TYPE, 12, 14, 101, 228, 229);
    all.add("Linux cooked v1", new CookedPrinter(line, ether), LINK_TYPE, 113);
    all.add("Linux cooked v2", new Cooked2Printer(line, ether, interfaceNames), LINK_TYPE, 276);

    all.add("IPv4", new Ipv4Printer(line, ip), ETHER_TYPE, 0x0800);
    all.add("ARP", new ArpPrinter(line), ETHER_TYPE, 0x0806, 0x8035);
    all.add("IPv6", new Ipv6Printer(line, ip), ETHER_TYPE, 0x86DD);

    all.add("ICMP", new IcmpPrinter(line, all), IP_PROTOCOL, 1);
    all.add("IPv4", new Ipv4Printer(line, ip), IP_PROTOCOL, 4);
    all.add("TCP", new TcpPrinter(line, all), IP_PROTOCOL, 6);
    all.add("UDP", new UdpPrinter(line, all), IP_PROTOCOL, 17);
    all.add("IPv6", new Ipv6Printer(line, ip), IP_PROTOCOL, 41);
    all.add("AH", new AhPrinter(line, ip), IP_PROTOCOL, 51);
    all.add("ICMPv6", new Icmpv6Printer(line), IP_PROTOCOL, 58);
    all.add("No next header", (_, _) -> line.text("no next header"), IP_PROTOCOL, 59);

    all.add("DNS", new TcpDnsPrinter(line), TCP_PORT, 53);

    all.add("DNS", new DnsPrinter(line, false), UDP_PORT, 53);
    all.add("Multicast DNS", new DnsPrinter(line, true), UDP_PORT, 5353);
    return all;
  }
}
