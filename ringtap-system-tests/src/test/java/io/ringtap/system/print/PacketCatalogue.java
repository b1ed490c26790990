package io.ringtap.system.print;

import static io.ringtap.testing.PacketBytes.cut;
import static io.ringtap.testing.PacketBytes.ethernet;
import static io.ringtap.testing.PacketBytes.icmp;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.summed;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.testing.PacketBytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Packets of all the kinds that the printer knows, in an order in which a connection makes sense.
public final class PacketCatalogue {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int ICMP_CHECKSUM = 2;
  private static final byte[] NOTHING = {};

  /// A packet with what it shows.
  ///
  /// @param origlen bytes on the wire, of which `bytes` are the first
  public record Example(String name, MemorySegment bytes, int origlen) {
    static Example of(String name, byte[] bytes, int origlen) {
      return new Example(name, MemorySegment.ofArray(bytes), origlen);
    }

    /// How many bytes were captured.
    public int caplen() {
      return (int) bytes.byteSize();
    }
  }

  private final List<Example> examples = new ArrayList<>();

  private PacketCatalogue() {}

  /// Packets in Ethernet frames.
  public static List<Example> ethernetFrames() {
    PacketCatalogue catalogue = new PacketCatalogue();
    catalogue.addArp();
    catalogue.examples.addAll(TransportExamples.all());
    catalogue.addIcmp();
    catalogue.addIcmpv6();
    catalogue.addIp();
    catalogue.addTagged();
    catalogue.addCut();
    return catalogue.examples;
  }

  /// Packets of the interface `any`.
  ///
  /// @param version 1 or 2, of the cooked header
  public static List<Example> cookedPackets(int version) {
    PacketCatalogue catalogue = new PacketCatalogue();
    byte[] datagram = Arrays.copyOfRange(ipv4(UDP, udp(5000, 6000, new byte[4])), 14, 46);
    for (int packetType = 0; packetType < 6; packetType++) {
      PacketBytes header = start();
      if (version == 1) {
        header.u16(packetType).hex("0001 0006 0200000000010000 0800");
      } else {
        header.hex("0800 0000 00000001 0001").u8(packetType).hex("06 0200000000010000");
      }
      catalogue.add("packet type " + packetType, header.bytes(datagram).toBytes());
    }
    if (version == 2) {
      catalogue.add(
          "unknown interface",
          start()
              .hex("0800 0000 7fffffff 0001 00 06")
              .hex("0200000000010000")
              .bytes(datagram)
              .toBytes());
      catalogue.add(
          "no address",
          start().hex("0800 0000 00000001 0304 00 00").zeros(8).bytes(datagram).toBytes());
    }
    catalogue.addCut("cut", new byte[40], 10);
    return catalogue.examples;
  }

  private void add(String name, byte[] bytes) {
    examples.add(Example.of(name, bytes, bytes.length));
  }

  private void addCut(String name, byte[] bytes, int caplen) {
    examples.add(Example.of(name, cut(bytes, caplen), bytes.length));
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
            .toBytes());
  }

  private void addArp() {
    add("ARP request", arp(1, "000000000000"));
    add("ARP request to a known host", arp(1, "020000000002"));
    add("ARP reply", arp(2, "020000000002"));
    add("ARP request, padded", start().bytes(arp(1, "000000000000")).zeros(18).toBytes());
    add(
        "ARP announcement",
        ethernet(
            0x0806,
            start()
                .hex("0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000001")
                .toBytes()));
    add("ARP, reverse request", arp(3, "020000000002"));
    add("ARP, inverse request", arp(8, "020000000002"));
    add("ARP, operation 77", arp(77, "020000000002"));
  }

  private static byte[] quoted() {
    return cut(Arrays.copyOfRange(ipv4(UDP, udp(40000, 33434, new byte[32])), 14, 14 + 28), 28);
  }

  private void message(String name, String header, byte[] rest) {
    add(name, ipv4(1, icmp(start().hex(header).bytes(rest).toBytes())));
  }

  private void addIcmp() {
    message("ping", "08000000 00070001", new byte[56]);
    message("pong", "00000000 00070001", new byte[56]);
    for (int code = 0; code < 17; code++) {
      message("unreachable, code " + code, "03%02x0000 00000000".formatted(code), quoted());
    }
    message("unreachable, too big", "03040000 000005b4", quoted());
    message("TTL exceeded", "0b000000 00000000", quoted());
    message("reassembly time exceeded", "0b010000 00000000", quoted());
    message("source quench", "04000000 00000000", quoted());
    for (int code = 0; code < 4; code++) {
      message("redirect, code " + code, "05%02x0000 0a000009".formatted(code), quoted());
    }
    message("parameter problem", "0c000000 08000000", quoted());
    message("time stamp query", "0d000000 00010002", new byte[12]);
    message("time stamp reply", "0e000000 00010002", new byte[12]);
    message("ICMP type 77", "4d050000 00010002", new byte[12]);
    add("wrong ICMP checksum", ipv4(1, start().hex("08000001 00070001").zeros(8).toBytes()));
  }

  private void messageIpv6(String name, String header, byte[] rest) {
    add(name, summed(ipv6(58, start().hex(header).bytes(rest).toBytes()), ICMP_CHECKSUM));
  }

  private void addIcmpv6() {
    byte[] quotedUdp = Arrays.copyOfRange(ipv6(UDP, udp(40000, 33434, NOTHING)), 14, 62);
    messageIpv6("ping over IPv6", "80000000 00070001", new byte[56]);
    messageIpv6("pong over IPv6", "81000000 00070001", new byte[56]);
    for (int code = 0; code < 7; code++) {
      messageIpv6(
          "IPv6 unreachable, code " + code, "01%02x0000 00000000".formatted(code), quotedUdp);
    }
    messageIpv6("IPv6, too big", "02000000 00000500", quotedUdp);
    messageIpv6("hop limit exceeded", "03000000 00000000", quotedUdp);
    messageIpv6("IPv6 reassembly time exceeded", "03010000 00000000", quotedUdp);
    messageIpv6("IPv6 parameter problem", "04010000 00000028", quotedUdp);
    messageIpv6(
        "router solicitation", "85000000 00000000", start().hex("0101 020000000001").toBytes());
    messageIpv6(
        "router advertisement",
        "86000000 40c00708 00000000 00000000",
        start()
            .hex("0101 020000000001")
            .hex("0501 0000 000005dc")
            .hex("0304 40c0 00015180 00003840 00000000 20010db8000000000000000000000000")
            .toBytes());
    messageIpv6(
        "neighbour solicitation",
        "87000000 00000000",
        start().hex("20010db8000000000000000000000002 0101 020000000001").toBytes());
    messageIpv6(
        "neighbour advertisement",
        "88000000 60000000",
        start().hex("20010db8000000000000000000000002 0201 020000000002").toBytes());
    messageIpv6(
        "redirect over IPv6",
        "89000000 00000000",
        start().hex("fe800000000000000000000000000001 20010db8000000000000000000000009").toBytes());
    messageIpv6("ICMPv6 type 200", "c8050000 00000000", new byte[8]);
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
    add("IPv6 hop-by-hop", ipv6(0, start().hex("1100 0502 0000 0100").bytes(datagram).toBytes()));
    add(
        "IPv6 destination options",
        ipv6(60, start().hex("1100 0104 00000000").bytes(datagram).toBytes()));
    add(
        "IPv6 first fragment",
        ipv6(44, start().hex("1100 0001 00000007").bytes(datagram).toBytes()));
    add("IPv6 later fragment", ipv6(44, start().hex("1100 0018 00000007").zeros(16).toBytes()));
    add("IPv6, nothing follows", ipv6(59, NOTHING));
    add("IPv6 protocol 253", ipv6(253, new byte[20]));
    add("unknown EtherType", ethernet(0x88B5, start().text("what is this?").zeros(40).toBytes()));
    add("802.3", ethernet(39, start().hex("aaaa03 00000c 0104").zeros(31).toBytes()));
    add("LLDP", ethernet(0x88CC, new byte[46]));
    byte[] longer = ipv4(UDP, datagram);
    longer[16] = 7;
    add("longer than its frame", longer);
    byte[] unsized = ipv4(UDP, datagram);
    unsized[17] = 0;
    add("no total length", unsized);
    byte[] tiny = ipv4(UDP, datagram);
    tiny[17] = 18;
    add("total length too small", tiny);
    byte[] headless = ipv4(UDP, datagram);
    headless[14] = 0x44;
    add("header length too small", headless);
    add("IPv4 in IPv4", ipv4(4, Arrays.copyOfRange(ipv4(UDP, datagram), 14, 58)));
    add("IPv6 in IPv4", ipv4(41, Arrays.copyOfRange(ipv6(UDP, datagram), 14, 78)));
    byte[] longerIpv6 = ipv6(UDP, datagram);
    longerIpv6[18] = 7;
    add("IPv6, longer than its frame", longerIpv6);
    add("IPv4 in name only", ethernet(0x0800, start().hex("6000").zeros(40).toBytes()));
  }

  private void addTagged() {
    byte[] datagram = Arrays.copyOfRange(ipv4(UDP, udp(5000, 6000, new byte[4])), 14, 46);
    add("VLAN", ethernet(0x8100, start().hex("0064 0800").bytes(datagram).toBytes()));
    add("VLAN with priority", ethernet(0x8100, start().hex("b064 0800").bytes(datagram).toBytes()));
    add("QinQ", ethernet(0x88A8, start().hex("00c8 8100 0064 0800").bytes(datagram).toBytes()));
    add(
        "QinQ of old",
        ethernet(0x9100, start().hex("00c8 8100 0064 0800").bytes(datagram).toBytes()));
  }

  private void addCut() {
    byte[] segment =
        summed(
            ipv4(
                TCP,
                tcp(
                    40000,
                    9000,
                    1,
                    2,
                    0x18,
                    "0101 080a 00000003 00000002",
                    start().text("hello, world").toBytes())),
            TCP_CHECKSUM);
    for (int caplen : new int[] {8, 20, 34, 36, 40, 54, 60, 70}) {
      addCut("TCP cut at " + caplen, segment, caplen);
    }
    byte[] datagram = summed(ipv4(UDP, udp(5000, 6000, new byte[16])), UDP_CHECKSUM);
    addCut("UDP cut before its ports", datagram, 36);
    addCut("UDP cut in its header", datagram, 38);
    addCut("UDP cut in its payload", datagram, 50);
    byte[] dns =
        summed(ipv4(UDP, udp(40053, 53, TransportExamples.query(1).toBytes())), UDP_CHECKSUM);
    for (int caplen : new int[] {46, 54, 60, 70}) {
      addCut("DNS cut at " + caplen, dns, caplen);
    }
    addCut("ARP cut", arp(1, "000000000000"), 30);
    addCut("ping cut", ipv4(1, icmp(start().hex("0800 0000 0007 0001").zeros(56).toBytes())), 38);
    addCut("IPv6 cut", ipv6(UDP, udp(1, 2, new byte[8])), 40);
    addCut("UDP over IPv6 cut", ipv6(UDP, udp(1, 2, new byte[8])), 58);
    addCut("VLAN cut", ethernet(0x8100, new byte[40]), 16);
  }
}
