package io.ringtap.system;

import static io.ringtap.system.PacketBytes.cut;
import static io.ringtap.system.PacketBytes.ethernet;
import static io.ringtap.system.PacketBytes.icmp;
import static io.ringtap.system.PacketBytes.ipv4;
import static io.ringtap.system.PacketBytes.ipv6;
import static io.ringtap.system.PacketBytes.start;
import static io.ringtap.system.PacketBytes.summed;
import static io.ringtap.system.PacketBytes.tcp;
import static io.ringtap.system.PacketBytes.udp;

import java.util.ArrayList;
import java.util.List;

/// Packets of all the kinds that the printer knows, in an order in which a connection makes sense.
final class PacketCatalogue {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int ICMP_CHECKSUM = 2;
  private static final byte[] NOTHING = {};

  /// @param origlen octets on the wire, of which `octets` are the first
  record Example(String name, byte[] octets, int origlen) {}

  private final List<Example> examples = new ArrayList<>();

  private PacketCatalogue() {}

  static List<Example> ethernetFrames() {
    PacketCatalogue catalogue = new PacketCatalogue();
    catalogue.addArp();
    catalogue.addTcp();
    catalogue.addUdp();
    catalogue.addDns();
    catalogue.addIcmp();
    catalogue.addIcmpv6();
    catalogue.addIp();
    catalogue.addTagged();
    catalogue.addCut();
    return catalogue.examples;
  }

  private void add(String name, byte[] octets) {
    examples.add(new Example(name, octets, octets.length));
  }

  private void addCut(String name, byte[] octets, int caplen) {
    examples.add(new Example(name, cut(octets, caplen), octets.length));
  }

  private static byte[] arp(int operation, String targetHardware) {
    return ethernet(
        0x0806,
        start()
            .hex("0001 0800 06 04")
            .u16(operation)
            .hex("020000000001 0a000001")
            .hex(targetHardware)
            .hex("0a000002")
            .octets());
  }

  private void addArp() {
    add("ARP request", arp(1, "000000000000"));
    add("ARP request to a known host", arp(1, "020000000002"));
    add("ARP reply", arp(2, "020000000002"));
    add("ARP request, padded", start().bytes(arp(1, "000000000000")).zeros(18).octets());
    add(
        "ARP announcement",
        ethernet(
            0x0806,
            start()
                .hex("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000001")
                .octets()));
    add("ARP, reverse request", arp(3, "020000000002"));
    add("ARP, inverse request", arp(8, "020000000002"));
    add("ARP, operation 77", arp(77, "020000000002"));
  }

  private void tcp(
      String name,
      int from,
      int to,
      long seq,
      long ack,
      int flags,
      String options,
      String payload) {
    byte[] segment =
        PacketBytes.tcp(from, to, seq, ack, flags, options, start().text(payload).octets());
    add(name, summed(ipv4(TCP, segment), TCP_CHECKSUM));
  }

  private void addTcp() {
    tcp("SYN", 40000, 8080, 1000, 0, 0x02, "020405b4 0402 080a 00000001 00000000 01 030307", "");
    // Answers come from the other address, so the connection is seen from both sides.
    add(
        "SYN and ACK",
        summed(
            reverse(
                ipv4(
                    TCP,
                    PacketBytes.tcp(
                        8080,
                        40000,
                        5000,
                        1001,
                        0x12,
                        "020405b4 0402 080a 00000002 00000001 01 030307",
                        NOTHING))),
            TCP_CHECKSUM));
    tcp("ACK", 40000, 8080, 1001, 5001, 0x10, "0101 080a 00000003 00000002", "");
    tcp("data", 40000, 8080, 1001, 5001, 0x18, "0101 080a 00000003 00000002", "hello, world\n");
    add(
        "ACK of data",
        summed(
            reverse(
                ipv4(
                    TCP,
                    PacketBytes.tcp(
                        8080, 40000, 5001, 1014, 0x10, "0101 080a 00000004 00000003", NOTHING))),
            TCP_CHECKSUM));
    add(
        "SACK",
        summed(
            reverse(
                ipv4(
                    TCP,
                    PacketBytes.tcp(
                        8080,
                        40000,
                        5001,
                        1014,
                        0x10,
                        "0101 0512 000003fc 00000400 00000404 0000040a",
                        NOTHING))),
            TCP_CHECKSUM));
    tcp("SACK the other way", 40000, 8080, 1014, 5001, 0x10, "0101 050a 00001390 0000139a", "");
    tcp("FIN", 40000, 8080, 1014, 5001, 0x11, "", "");
    add(
        "RST",
        summed(
            reverse(ipv4(TCP, PacketBytes.tcp(8080, 40000, 5001, 0, 0x04, "", NOTHING))),
            TCP_CHECKSUM));
    tcp("no flags", 1, 2, 7, 0, 0, "", "");
    tcp("all flags", 1, 2, 7, 9, 0xFF, "", "x");
    tcp("urgent", 3, 4, 7, 9, 0x38, "", "x");
    tcp("ECN setup", 5, 6, 7, 0, 0xC2, "020405b4", "");
    tcp("fast open, cookie asked for", 5, 6, 7, 0, 0x02, "2202 0101", "");
    tcp("fast open, cookie", 5, 6, 7, 0, 0x02, "220a 0102030405060708 0101", "");
    tcp("MD5 signature", 5, 6, 7, 0, 0x02, "0101 1312 000102030405060708090a0b0c0d0e0f", "");
    tcp("unknown option", 5, 6, 7, 0, 0x02, "fd04abcd fc02 0101", "");
    tcp("option with too small a length", 5, 6, 7, 0, 0x02, "0201 0101", "");
    tcp("option that passes the header", 5, 6, 7, 0, 0x02, "0101 0809", "");
    tcp("options that end early", 5, 6, 7, 0, 0x02, "0300 0000", "");
    tcp("options that end", 5, 6, 7, 0, 0x02, "030302 00", "");
    tcp("SACK of a wrong length", 5, 6, 7, 1, 0x10, "0506 00000001 0101", "");
    tcp("segment size of a wrong length", 5, 6, 7, 1, 0x10, "0203 05 01", "");
    add("bad TCP checksum", ipv4(TCP, PacketBytes.tcp(9, 10, 1, 2, 0x10, "", NOTHING)));
    byte[] small = PacketBytes.tcp(9, 10, 1, 2, 0x10, "", NOTHING);
    small[12] = 0x40;
    add("TCP data offset too small", ipv4(TCP, small));
    byte[] big = PacketBytes.tcp(9, 10, 1, 2, 0x10, "", NOTHING);
    big[12] = (byte) 0xF0;
    add("TCP data offset too large", ipv4(TCP, big));
    add(
        "TCP over IPv6, SYN",
        summed(
            ipv6(TCP, PacketBytes.tcp(40001, 443, 77, 0, 0x02, "020405a0", NOTHING)),
            TCP_CHECKSUM));
    add(
        "TCP over IPv6, ACK",
        summed(ipv6(TCP, PacketBytes.tcp(40001, 443, 78, 100, 0x10, "", NOTHING)), TCP_CHECKSUM));
    add(
        "TCP over IPv6, data",
        summed(
            ipv6(TCP, PacketBytes.tcp(40001, 443, 78, 100, 0x18, "", start().text("abc").octets())),
            TCP_CHECKSUM));
  }

  /// The same IPv4 packet from its receiver to its sender.
  private static byte[] reverse(byte[] frame) {
    byte[] reversed = frame.clone();
    System.arraycopy(frame, 26, reversed, 30, 4);
    System.arraycopy(frame, 30, reversed, 26, 4);
    return reversed;
  }

  private void addUdp() {
    byte[] payload = start().text("datagram").octets();
    add("UDP", summed(ipv4(UDP, udp(5000, 6000, payload)), UDP_CHECKSUM));
    add("UDP without checksum", ipv4(UDP, udp(5000, 6000, payload)));
    byte[] wrong = udp(5000, 6000, payload);
    wrong[6] = 1;
    add("UDP, wrong checksum", ipv4(UDP, wrong));
    add("UDP, nothing in it", summed(ipv4(UDP, udp(5000, 6000, NOTHING)), UDP_CHECKSUM));
    add("UDP over IPv6", summed(ipv6(UDP, udp(5000, 6000, payload)), UDP_CHECKSUM));
    add("UDP over IPv6 without checksum", ipv6(UDP, udp(5000, 6000, payload)));
    byte[] tooLong = udp(5000, 6000, payload);
    tooLong[5] = 99;
    add("UDP, longer than its packet", ipv4(UDP, tooLong));
    byte[] tooShort = udp(5000, 6000, payload);
    tooShort[5] = 3;
    add("UDP, shorter than its header", ipv4(UDP, tooShort));
    add("UDP, padded", start().bytes(ipv4(UDP, udp(5000, 6000, NOTHING))).zeros(18).octets());
  }

  private void dns(String name, boolean isQuery, byte[] message) {
    byte[] datagram = isQuery ? udp(40053, 53, message) : udp(53, 40053, message);
    add(name, summed(ipv4(UDP, datagram), UDP_CHECKSUM));
  }

  private static PacketBytes query(int type) {
    return start().hex("0539 0100 0001 0000 0000 0000").name("www.example.com").u16(type).u16(1);
  }

  /// A response to the question for `type`; the name asked for is at 0xc00c.
  private static PacketBytes response(int flags, int type, int answers, int additional) {
    return start()
        .u16(0x539)
        .u16(flags)
        .u16(1)
        .u16(answers)
        .u16(0)
        .u16(additional)
        .name("www.example.com")
        .u16(type)
        .u16(1);
  }

  private static final String OPT = "00 0029 04d0 00008000 0000";

  private void addDns() {
    dns("DNS query, A", true, query(1).octets());
    dns("DNS query, AAAA", true, query(28).octets());
    dns("DNS query, MX", true, query(15).octets());
    dns(
        "DNS query, TYPE999 CHAOS",
        true,
        start().hex("0539 0000 0001 0000 0000 0000").name("version.bind").u16(999).u16(3).octets());
    dns(
        "DNS query, root",
        true,
        start().hex("0539 0110 0001 0000 0000 0000").u8(0).u16(2).u16(1).octets());
    dns(
        "DNS query, PTR",
        true,
        start()
            .hex("0539 0100 0001 0000 0000 0000")
            .name("1.0.0.10.in-addr.arpa")
            .u16(12)
            .u16(1)
            .octets());
    dns(
        "DNS query with EDNS",
        true,
        start()
            .hex("0539 0120 0001 0000 0000 0001")
            .name("www.example.com")
            .u16(1)
            .u16(1)
            .hex(OPT)
            .octets());
    dns(
        "DNS update",
        true,
        start().hex("0539 2800 0001 0000 0000 0000").name("example.com").u16(6).u16(1).octets());
    dns(
        "DNS, A",
        false,
        response(0x8180, 1, 2, 0)
            .hex("c00c 0001 0001 0000012c 0004 c0000201")
            .hex("c00c 0001 0001 0000012c 0004 c0000202")
            .octets());
    dns(
        "DNS, AAAA",
        false,
        response(0x8180, 28, 1, 0)
            .hex("c00c 001c 0001 00000e10 0010 20010db8000000000000000000000007")
            .octets());
    dns(
        "DNS, CNAME and A",
        false,
        response(0x8580, 1, 2, 0)
            .hex("c00c 0005 0001 0000012c 0006 03")
            .text("web")
            .hex("c010")
            .hex("c02d 0001 0001 0000012c 0004 c0000201")
            .octets());
    dns(
        "DNS, MX",
        false,
        response(0x8180, 15, 1, 0)
            .hex("c00c 000f 0001 0000012c 0009 000a 04")
            .text("mail")
            .hex("c010")
            .octets());
    dns(
        "DNS, TXT",
        false,
        response(0x8180, 16, 1, 0)
            .hex("c00c 0010 0001 0000012c 000d 06")
            .text("v=spf1")
            .hex("05")
            .text("a -al")
            .octets());
    dns(
        "DNS, PTR",
        false,
        response(0x8180, 12, 1, 0)
            .hex("c00c 000c 0001 0000012c 0007 04")
            .text("host")
            .hex("c010")
            .octets());
    dns(
        "DNS, SRV",
        false,
        response(0x8180, 33, 1, 0)
            .hex("c00c 0021 0001 0000012c 000c 0001 0002 1466 03")
            .text("sip")
            .hex("c010")
            .octets());
    dns(
        "DNS, SOA",
        false,
        response(0x8180, 6, 1, 0)
            .hex("c00c 0006 0001 0000012c 0022 02")
            .text("ns")
            .hex("c010 05")
            .text("admin")
            .hex("c010 00000001 00000e10 00000258 00015180 0000003c")
            .zeros(1)
            .octets());
    dns(
        "DNS, NS and EDNS",
        false,
        response(0x8180, 2, 1, 1)
            .hex("c00c 0002 0001 0000012c 0005 02")
            .text("ns")
            .hex("c010")
            .hex(OPT)
            .octets());
    dns("DNS, NXDomain", false, response(0x8183, 1, 0, 0).octets());
    dns("DNS, ServFail, truncated, not recursive", false, response(0x8202, 1, 0, 0).octets());
    dns(
        "DNS, authentic",
        false,
        response(0x81A0, 1, 1, 0).hex("c00c 0001 0001 0000012c 0004 c0000201").octets());
    byte[] service =
        start()
            .hex("0000 0000 0001 0000 0000 0000")
            .name("_ipp._tcp.local")
            .u16(12)
            .u16(0x8001)
            .octets();
    add("multicast DNS query", summed(ipv4(UDP, udp(5353, 5353, service)), UDP_CHECKSUM));
    byte[] here =
        start()
            .hex("0000 8400 0000 0001 0000 0000")
            .name("printer.local")
            .hex("0001 8001 00000078 0004 0a000009")
            .octets();
    add("multicast DNS reply", summed(ipv4(UDP, udp(5353, 5353, here)), UDP_CHECKSUM));
  }

  private static byte[] quoted() {
    return cut(
        java.util.Arrays.copyOfRange(ipv4(UDP, udp(40000, 33434, new byte[32])), 14, 14 + 28), 28);
  }

  private void icmp(String name, String header, byte[] rest) {
    add(name, ipv4(1, PacketBytes.icmp(start().hex(header).bytes(rest).octets())));
  }

  private void addIcmp() {
    icmp("ping", "08000000 00070001", new byte[56]);
    icmp("pong", "00000000 00070001", new byte[56]);
    for (int code = 0; code < 17; code++) {
      icmp("unreachable, code " + code, "03%02x0000 00000000".formatted(code), quoted());
    }
    icmp("unreachable, too big", "03040000 000005b4", quoted());
    icmp("TTL exceeded", "0b000000 00000000", quoted());
    icmp("reassembly time exceeded", "0b010000 00000000", quoted());
    icmp("source quench", "04000000 00000000", quoted());
    for (int code = 0; code < 4; code++) {
      icmp("redirect, code " + code, "05%02x0000 0a000009".formatted(code), quoted());
    }
    icmp("parameter problem", "0c000000 08000000", quoted());
    icmp("time stamp query", "0d000000 00010002", new byte[12]);
    icmp("time stamp reply", "0e000000 00010002", new byte[12]);
    icmp("ICMP type 77", "4d050000 00010002", new byte[12]);
    add("wrong ICMP checksum", ipv4(1, start().hex("08000001 00070001").zeros(8).octets()));
  }

  private void icmpv6(String name, String header, byte[] rest) {
    add(name, summed(ipv6(58, start().hex(header).bytes(rest).octets()), ICMP_CHECKSUM));
  }

  private void addIcmpv6() {
    byte[] quotedUdp = java.util.Arrays.copyOfRange(ipv6(UDP, udp(40000, 33434, NOTHING)), 14, 62);
    icmpv6("ping over IPv6", "80000000 00070001", new byte[56]);
    icmpv6("pong over IPv6", "81000000 00070001", new byte[56]);
    for (int code = 0; code < 7; code++) {
      icmpv6("IPv6 unreachable, code " + code, "01%02x0000 00000000".formatted(code), quotedUdp);
    }
    icmpv6("IPv6, too big", "02000000 00000500", quotedUdp);
    icmpv6("hop limit exceeded", "03000000 00000000", quotedUdp);
    icmpv6("IPv6 reassembly time exceeded", "03010000 00000000", quotedUdp);
    icmpv6("IPv6 parameter problem", "04010000 00000028", quotedUdp);
    icmpv6("router solicitation", "85000000 00000000", start().hex("0101 020000000001").octets());
    icmpv6(
        "router advertisement",
        "86000000 40c00708 00000000 00000000",
        start()
            .hex("0101 020000000001")
            .hex("0501 0000 000005dc")
            .hex("0304 40c0 00015180 00003840 00000000 20010db8000000000000000000000000")
            .octets());
    icmpv6(
        "neighbour solicitation",
        "87000000 00000000",
        start().hex("20010db8000000000000000000000002 0101 020000000001").octets());
    icmpv6(
        "neighbour advertisement",
        "88000000 60000000",
        start().hex("20010db8000000000000000000000002 0201 020000000002").octets());
    icmpv6(
        "redirect over IPv6",
        "89000000 00000000",
        start().hex("fe800000000000000000000000000001 20010db8000000000000000000000009").octets());
    icmpv6("ICMPv6 type 200", "c8050000 00000000", new byte[8]);
  }

  private void addIp() {
    byte[] datagram = udp(5000, 6000, new byte[16]);
    add("first fragment", ipv4("", 0x2000, UDP, datagram));
    add("later fragment", ipv4("", 0x2003, UDP, new byte[16]));
    add("last fragment", ipv4("", 0x0005, UDP, new byte[16]));
    add("record route", ipv4("0707 04 00000000 00", 0, UDP, datagram));
    add("router alert", ipv4("94040000", 0, UDP, datagram));
    add("protocol 253", ipv4(253, new byte[20]));
    byte[] wrong = ipv4(UDP, datagram);
    wrong[24] ^= 1;
    add("wrong IPv4 checksum", wrong);
    byte[] traffic = ipv6(UDP, datagram);
    traffic[14] = 0x6b;
    traffic[15] = (byte) 0x81;
    add("IPv6 class and flow label", traffic);
    byte[] marked = ipv4(UDP, datagram);
    marked[15] = 0x03;
    add("ECN", marked);
    add("IPv6 hop-by-hop", ipv6(0, start().hex("1100 0502 0000 0100").bytes(datagram).octets()));
    add(
        "IPv6 destination options",
        ipv6(60, start().hex("1100 0104 00000000").bytes(datagram).octets()));
    add(
        "IPv6 first fragment",
        ipv6(44, start().hex("1100 0001 00000007").bytes(datagram).octets()));
    add("IPv6 later fragment", ipv6(44, start().hex("1100 0018 00000007").zeros(16).octets()));
    add("IPv6, nothing follows", ipv6(59, NOTHING));
    add("IPv6 protocol 253", ipv6(253, new byte[20]));
    add("unknown EtherType", ethernet(0x88B5, start().text("what is this?").zeros(40).octets()));
    add("IPv4 in name only", ethernet(0x0800, start().hex("6000").zeros(40).octets()));
  }

  private void addTagged() {
    byte[] datagram = java.util.Arrays.copyOfRange(ipv4(UDP, udp(5000, 6000, new byte[4])), 14, 46);
    add("VLAN", ethernet(0x8100, start().hex("0064 0800").bytes(datagram).octets()));
    add("VLAN with priority", ethernet(0x8100, start().hex("b064 0800").bytes(datagram).octets()));
    add("QinQ", ethernet(0x88A8, start().hex("00c8 8100 0064 0800").bytes(datagram).octets()));
    add(
        "QinQ of old",
        ethernet(0x9100, start().hex("00c8 8100 0064 0800").bytes(datagram).octets()));
  }

  private void addCut() {
    byte[] segment =
        summed(
            ipv4(
                TCP,
                PacketBytes.tcp(
                    40000,
                    8080,
                    1,
                    2,
                    0x18,
                    "0101 080a 00000003 00000002",
                    start().text("hello, world").octets())),
            TCP_CHECKSUM);
    for (int caplen : new int[] {8, 20, 34, 36, 40, 54, 60, 70}) {
      addCut("TCP cut at " + caplen, segment, caplen);
    }
    byte[] datagram = summed(ipv4(UDP, udp(5000, 6000, new byte[16])), UDP_CHECKSUM);
    addCut("UDP cut in its header", datagram, 38);
    addCut("UDP cut in its payload", datagram, 50);
    byte[] dns = summed(ipv4(UDP, udp(40053, 53, query(1).octets())), UDP_CHECKSUM);
    for (int caplen : new int[] {46, 54, 60, 70}) {
      addCut("DNS cut at " + caplen, dns, caplen);
    }
    addCut("ARP cut", arp(1, "000000000000"), 30);
    addCut(
        "ping cut",
        ipv4(1, PacketBytes.icmp(start().hex("0800 0000 0007 0001").zeros(56).octets())),
        38);
    addCut("IPv6 cut", ipv6(UDP, udp(1, 2, new byte[8])), 40);
    addCut("UDP over IPv6 cut", ipv6(UDP, udp(1, 2, new byte[8])), 58);
    addCut("VLAN cut", ethernet(0x8100, new byte[40]), 16);
  }
}
