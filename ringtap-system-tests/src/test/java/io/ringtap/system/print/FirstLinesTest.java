package io.ringtap.system.print;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.testing.PacketBytes;
import java.util.List;

/// Protocols of which only the line without `-v` is printed.
class FirstLinesTest extends PrinterBeside {
  @Override
  protected List<String> flags() {
    return List.of("", "-e", "-q");
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        ethernet("DHCP request", ipv4(17, udp(68, 67, dhcp("01010600")))),
        ethernet("DHCP reply", ipv4(17, udp(67, 68, dhcp("02010600")))),
        ethernet("DHCP, unknown operation", ipv4(17, udp(68, 67, dhcp("03200800")))),
        dhcpv6("DHCPv6 solicit", "01123456"),
        dhcpv6("DHCPv6 relay", "0c002001"),
        dhcpv6("DHCPv6, unknown kind", "63123456"),
        datagram("NTP client", 123, "e3", 48),
        datagram("NTP server", 123, "24", 48),
        datagram("RADIUS request", 1812, "01050014", 20),
        datagram("RADIUS accounting", 1813, "0405001a", 26),
        frame(
            "LLDP",
            0x88CC,
            "0207 04020000000001 0405 0565746830 0602 0078 0a07 73776974636831 0000"),
        frame("LLDP without a name", 0x88CC, "0207 04020000000001 0602 0078 0000"),
        frame("LACP", 0x8809, "0101 0114"),
        frame("marker", 0x8809, "0201 0000"),
        frame("OAM", 0x8809, "0300 5000"));
  }

  private static byte[] dhcp(String head) {
    return start().hex(head).hex("12345678").zeros(20).hex("020000000001").zeros(210).toBytes();
  }

  private static Sample dhcpv6(String name, String head) {
    return ethernet(name, ipv6(17, udp(546, 547, start().hex(head).toBytes())));
  }

  private static Sample datagram(String name, int port, String head, int length) {
    byte[] bytes = start().hex(head).toBytes();
    return ethernet(
        name,
        ipv4(17, udp(port, port, start().bytes(bytes).zeros(length - bytes.length).toBytes())));
  }

  private static Sample frame(String name, int type, String hex) {
    return ethernet(name, PacketBytes.ethernet(type, start().hex(hex).toBytes()));
  }
}
