package io.ringtap.filter.lowering;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Ethernet frames by short names, of which tests say which ones a filter matches.
///
/// Behind IPv4, 1.2.3.4 sends to 10.1.2.3; behind IPv6, 2001:db8::1 to 2001:db8:0:1::2. Ports are
/// 80 to 1234, or what the name says.
final class TestFrames {
  private static final String ADDRESSES = "001122334455 66778899aabb";

  private TestFrames() {}

  static byte[] named(String name) {
    return requireNonNull(all().get(name), name);
  }

  static Map<String, byte[]> all() {
    Map<String, String> frames = new LinkedHashMap<>();
    String tcp4 = ipv4("06", tcp(80, 1234));
    String tcp6 = ipv6("06", tcp(80, 1234));
    frames.put("tcp4", ethernet("0800", tcp4));
    frames.put("udp4-53", ethernet("0800", ipv4("11", udp(53, 53, ""))));
    frames.put("sctp4", ethernet("0800", ipv4("84", udp(80, 1234, ""))));
    frames.put("icmp4", ethernet("0800", ipv4("01", "0800000000010001")));
    frames.put(
        "options4",
        ethernet(
            "0800",
            ipv4("06", tcp(80, 1234))
                .replace("450000", "460000")
                .replace("0a010203", "0a01020301010100")));
    frames.put("fragment4", ethernet("0800", tcp4.replace("0001000040", "0001000540")));
    frames.put(
        "group4", ethernet("0800", ipv4("11", udp(5, 6, "")).replace("0a010203", "e0000001")));
    frames.put("all4", ethernet("0800", ipv4("11", udp(5, 6, "")).replace("0a010203", "ffffffff")));
    frames.put("tcp6", ethernet("86dd", tcp6));
    frames.put("udp6-53", ethernet("86dd", ipv6("11", udp(53, 53, ""))));
    frames.put("icmp6", ethernet("86dd", ipv6("3a", "8000000000010001")));
    frames.put(
        "group6",
        ethernet(
            "86dd",
            ipv6("11", udp(5, 6, "")).replace("20010db8000000010000", "ff020000000000000000")));
    frames.put("fragment6", ethernet("86dd", ipv6("2c", "0600000000000001" + tcp(80, 1234))));
    frames.put(
        "arp", ethernet("0806", "0001080006040001 020202020202 01020304 030303030303 0a010203"));
    frames.put(
        "rarp", ethernet("8035", "0001080006040003 020202020202 01020304 030303030303 0a010203"));
    frames.put("vlan5", ethernet("8100", "0005 0800" + tcp4));
    frames.put("vlan6", ethernet("88a8", "2006 86dd" + tcp6));
    frames.put("vlan5-6", ethernet("88a8", "0005 8100 0006 0800" + tcp4));
    frames.put("vlan-old", ethernet("9100", "0005 0806" + "0001080006040001"));
    frames.put("mpls5", ethernet("8847", "00005140" + tcp4));
    frames.put("mpls5-6", ethernet("8847", "00005040 00006140" + tcp6));
    frames.put("pppoes5", ethernet("8864", "1100 0005 0020 0021" + tcp4));
    frames.put("pppoed", ethernet("8863", "1109 0000 0004 01010000"));
    frames.put(
        "geneve5",
        ethernet(
            "0800",
            ipv4(
                "11",
                udp(9999, 6081, "0200 6558 00000500 1111111122222222" + ethernet("0800", tcp4)))));
    frames.put(
        "geneve5-bare", ethernet("86dd", ipv6("11", udp(9999, 6081, "0000 0800 00000500" + tcp4))));
    frames.put(
        "vxlan5",
        ethernet(
            "0800",
            ipv4(
                "11",
                udp(9999, 4789, "08000000 00000500" + ethernet("8100", "0006 0800" + tcp4)))));
    frames.put("stp", ethernet("0026", "424203 0000000000"));
    frames.put("isis-l1", ethernet("0026", "fefe03 83 000000 0f 0000"));
    frames.put("snap-atalk", ethernet("0026", "aaaa0308 0007809b 0000"));
    frames.put("netware", ethernet("0026", "ffff 0026 0000"));
    frames.put("decnet1.2", ethernet("6003", "2000 02 0304 0204 00"));
    frames.put("broadcast", "ffffffffffff 66778899aabb 0800" + ipv4("11", udp(5, 6, "")));
    Map<String, byte[]> octets = new LinkedHashMap<>();
    frames.forEach((name, hex) -> octets.put(name, HexFormat.of().parseHex(hex.replace(" ", ""))));
    return octets;
  }

  private static String ethernet(String type, String payload) {
    return ADDRESSES + type + payload;
  }

  private static String ipv4(String protocol, String payload) {
    return "450000000001000040" + protocol + "0000010203040a010203" + payload;
  }

  private static String ipv6(String next, String payload) {
    return "60000000 0000 "
        + next
        + "40 20010db8000000000000000000000001 20010db8000000010000000000000002"
        + payload;
  }

  private static String tcp(int source, int destination) {
    return ports(source, destination) + "0000000100000002 5002 006400000000";
  }

  private static String udp(int source, int destination, String payload) {
    return ports(source, destination) + "00000000" + payload;
  }

  private static String ports(int source, int destination) {
    return "%04x%04x".formatted(source, destination);
  }
}
