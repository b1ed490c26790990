package io.ringtap.filter.lowering;

import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.start;
import static java.util.Objects.requireNonNull;

import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.PacketBytes.Ipv4;
import java.util.LinkedHashMap;
import java.util.Map;

/// Ethernet frames by short names, of which tests say which ones a filter matches.
///
/// After IPv4, 1.2.3.4 sends to 10.1.2.3; after IPv6, 2001:db8::1 to 2001:db8:0:1::2. Ports are 80
/// to 1234, or what the name says.
final class TestFrames {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int FRAGMENT = 44;
  private static final int ICMPV6 = 58;
  private static final int SCTP = 132;
  private static final Ipv4 HOSTS = Ipv4.between("01020304", "0a010203").withIdentification(1);
  private static final String HOSTS_6 =
      "20010db8000000000000000000000001 20010db8000000010000000000000002";

  private TestFrames() {}

  static byte[] named(String name) {
    return requireNonNull(all().get(name), name);
  }

  static Map<String, byte[]> all() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    byte[] tcp = PacketBytes.tcp(80, 1234, 1, 2, 0x02, "", new byte[0]);
    byte[] udp = PacketBytes.udp(5, 6, new byte[0]);
    byte[] dns = PacketBytes.udp(53, 53, new byte[0]);
    byte[] echo = fromHex("0800000000010001");
    byte[] tcp4 = ipv4(HOSTS, TCP, tcp);
    byte[] tcp6 = ipv6(TCP, tcp);
    frames.put("tcp4", ethernet(IPV4, tcp4));
    frames.put("udp4-53", ethernet(IPV4, ipv4(HOSTS, UDP, dns)));
    frames.put("sctp4", ethernet(IPV4, ipv4(HOSTS, SCTP, fromHex("0050 04d2 00000000"))));
    frames.put("icmp4", ethernet(IPV4, ipv4(HOSTS, ICMP, echo)));
    frames.put("options4", ethernet(IPV4, ipv4(HOSTS.withOptions("01010100"), TCP, tcp)));
    frames.put("fragment4", ethernet(IPV4, ipv4(HOSTS.withFragment(5), TCP, tcp)));
    frames.put("group4", ethernet(IPV4, ipv4(HOSTS.withTo("e0000001"), UDP, udp)));
    frames.put("all4", ethernet(IPV4, ipv4(HOSTS.withTo("ffffffff"), UDP, udp)));
    frames.put("tcp6", ethernet(IPV6, tcp6));
    frames.put("udp6-53", ethernet(IPV6, ipv6(UDP, dns)));
    frames.put("icmp6", ethernet(IPV6, ipv6(ICMPV6, fromHex("8000000000010001"))));
    frames.put(
        "group6",
        ethernet(
            IPV6,
            PacketBytes.ipv6Packet(
                "20010db8000000000000000000000001 ff020000000000000000000000000002", UDP, udp)));
    frames.put("fragment6", ethernet(IPV6, ipv6(FRAGMENT, after("0600000000000001", tcp))));
    frames.put(
        "arp", ethernet(0x0806, "0001080006040001 020202020202 01020304 030303030303 0a010203"));
    frames.put(
        "rarp", ethernet(0x8035, "0001080006040003 020202020202 01020304 030303030303 0a010203"));
    frames.put("vlan5", ethernet(0x8100, after("0005 0800", tcp4)));
    frames.put("vlan6", ethernet(0x88A8, after("2006 86dd", tcp6)));
    frames.put("vlan5-6", ethernet(0x88A8, after("0005 8100 0006 0800", tcp4)));
    frames.put("vlan-old", ethernet(0x9100, "0005 0806 0001080006040001"));
    frames.put("mpls5", ethernet(0x8847, after("00005140", tcp4)));
    frames.put("mpls5-6", ethernet(0x8847, after("00005040 00006140", tcp6)));
    frames.put("pppoes5", ethernet(0x8864, after("1100 0005 0020 0021", tcp4)));
    frames.put("pppoed", ethernet(0x8863, "1109 0000 0004 01010000"));
    byte[] geneve = after("0200 6558 00000500 1111111122222222", ethernet(IPV4, tcp4));
    frames.put("geneve5", ethernet(IPV4, tunnel4(6081, geneve)));
    byte[] bare = after("0000 0800 00000500", tcp4);
    frames.put("geneve5-bare", ethernet(IPV6, ipv6(UDP, PacketBytes.udp(9999, 6081, bare))));
    byte[] vxlan = after("08000000 00000500", ethernet(0x8100, after("0006 0800", tcp4)));
    frames.put("vxlan5", ethernet(IPV4, tunnel4(4789, vxlan)));
    frames.put("stp", ethernet(0x0026, "424203 0000000000"));
    frames.put("isis-l1", ethernet(0x0026, "fefe03 83 000000 0f 0000"));
    frames.put("snap-atalk", ethernet(0x0026, "aaaa0308 0007809b 0000"));
    frames.put("netware", ethernet(0x0026, "ffff 0026 0000"));
    frames.put("decnet1.2", ethernet(0x6003, "2000 02 0304 0204 00"));
    frames.put(
        "broadcast",
        PacketBytes.ethernet("ffffffffffff 66778899aabb", IPV4, ipv4(HOSTS, UDP, udp)));
    return frames;
  }

  private static byte[] ethernet(int type, String payload) {
    return ethernet(type, fromHex(payload));
  }

  private static byte[] ethernet(int type, byte[] payload) {
    return PacketBytes.ethernet("001122334455 66778899aabb", type, payload);
  }

  /// The length in the header is 0, for filters that go on when it is not greater.
  private static byte[] ipv4(Ipv4 header, int protocol, byte[] payload) {
    byte[] packet = header.packet(protocol, payload);
    packet[2] = 0;
    packet[3] = 0;
    return packet;
  }

  private static byte[] ipv6(int next, byte[] payload) {
    return PacketBytes.ipv6Packet(HOSTS_6, next, payload);
  }

  private static byte[] tunnel4(int port, byte[] payload) {
    return ipv4(HOSTS, UDP, PacketBytes.udp(9999, port, payload));
  }

  private static byte[] after(String header, byte[] payload) {
    return start().hex(header).bytes(payload).toBytes();
  }
}
