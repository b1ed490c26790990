package io.ringtap.system.print;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.summed;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PacketCatalogue.Example;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

/// Packets of TCP, UDP and DNS, in an order in which a connection makes sense.
final class TransportExamples {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final byte[] NOTHING = {};

  private static final String OPT = "00 0029 04d0 00008000 0000";

  private final List<Example> examples = new ArrayList<>();

  private TransportExamples() {}

  static List<Example> all() {
    TransportExamples transport = new TransportExamples();
    transport.addTcp();
    transport.addUdp();
    transport.addDns();
    return transport.examples;
  }

  private void add(String name, byte[] bytes) {
    examples.add(Example.of(name, bytes, bytes.length));
  }

  private void segment(
      String name,
      int from,
      int to,
      long seq,
      long ack,
      int flags,
      String options,
      String payload) {
    byte[] segment = tcp(from, to, seq, ack, flags, options, start().text(payload).toBytes());
    add(name, summed(ipv4(TCP, segment), TCP_CHECKSUM));
  }

  private void addTcp() {
    segment(
        "SYN", 40000, 9000, 1000, 0, 0x02, "020405b4 0402 080a 00000001 00000000 01 030307", "");
    // Answers come from the other address, so the connection is seen from both sides.
    add(
        "SYN and ACK",
        summed(
            reverse(
                ipv4(
                    TCP,
                    tcp(
                        9000,
                        40000,
                        5000,
                        1001,
                        0x12,
                        "020405b4 0402 080a 00000002 00000001 01 030307",
                        NOTHING))),
            TCP_CHECKSUM));
    segment("ACK", 40000, 9000, 1001, 5001, 0x10, "0101 080a 00000003 00000002", "");
    segment("data", 40000, 9000, 1001, 5001, 0x18, "0101 080a 00000003 00000002", "hello, world\n");
    add(
        "ACK of data",
        summed(
            reverse(
                ipv4(
                    TCP,
                    tcp(9000, 40000, 5001, 1014, 0x10, "0101 080a 00000004 00000003", NOTHING))),
            TCP_CHECKSUM));
    add(
        "SACK",
        summed(
            reverse(
                ipv4(
                    TCP,
                    tcp(
                        9000,
                        40000,
                        5001,
                        1014,
                        0x10,
                        "0101 0512 000003fc 00000400 00000404 0000040a",
                        NOTHING))),
            TCP_CHECKSUM));
    segment("SACK the other way", 40000, 9000, 1014, 5001, 0x10, "0101 050a 00001390 0000139a", "");
    segment("FIN", 40000, 9000, 1014, 5001, 0x11, "", "");
    add(
        "RST",
        summed(reverse(ipv4(TCP, tcp(9000, 40000, 5001, 0, 0x04, "", NOTHING))), TCP_CHECKSUM));
    segment("HTTP", 40002, 80, 1, 1, 0x18, "", "GET / HTTP/1.1\r\n\r\n");
    domainOverTcp();
    segment("no flags", 1, 2, 7, 0, 0, "", "");
    segment("all flags", 1, 2, 7, 9, 0xFF, "", "x");
    segment("urgent", 3, 4, 7, 9, 0x38, "", "x");
    segment("ECN setup", 5, 6, 7, 0, 0xC2, "020405b4", "");
    segment("fast open, cookie asked for", 5, 6, 7, 0, 0x02, "2202 0101", "");
    segment("fast open, cookie", 5, 6, 7, 0, 0x02, "220a 0102030405060708 0101", "");
    segment("MD5 signature", 5, 6, 7, 0, 0x02, "0101 1312 000102030405060708090a0b0c0d0e0f", "");
    segment("unknown option", 5, 6, 7, 0, 0x02, "fd04abcd fc02 0101", "");
    segment("option with too small a length", 5, 6, 7, 0, 0x02, "0201 0101", "");
    segment("option that passes the header", 5, 6, 7, 0, 0x02, "0101 0809", "");
    segment("options that end early", 5, 6, 7, 0, 0x02, "0300 0000", "");
    segment("options that end", 5, 6, 7, 0, 0x02, "030302 00", "");
    segment("SACK of a wrong length", 5, 6, 7, 1, 0x10, "0506 00000001 0101", "");
    segment("segment size of a wrong length", 5, 6, 7, 1, 0x10, "0203 05 01", "");
    add("bad TCP checksum", ipv4(TCP, tcp(9, 10, 1, 2, 0x10, "", NOTHING)));
    byte[] small = tcp(9, 10, 1, 2, 0x10, "", NOTHING);
    small[12] = 0x40;
    add("TCP data offset too small", ipv4(TCP, small));
    byte[] big = tcp(9, 10, 1, 2, 0x10, "", NOTHING);
    big[12] = (byte) 0xF0;
    add("TCP data offset too large", ipv4(TCP, big));
    add(
        "TCP over IPv6, SYN",
        summed(ipv6(TCP, tcp(40001, 443, 77, 0, 0x02, "020405a0", NOTHING)), TCP_CHECKSUM));
    add(
        "TCP over IPv6, ACK",
        summed(ipv6(TCP, tcp(40001, 443, 78, 100, 0x10, "", NOTHING)), TCP_CHECKSUM));
    add(
        "TCP over IPv6, data",
        summed(
            ipv6(TCP, tcp(40001, 443, 78, 100, 0x18, "", start().text("abc").toBytes())),
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
    byte[] payload = start().text("datagram").toBytes();
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
    add("UDP, padded", start().bytes(ipv4(UDP, udp(5000, 6000, NOTHING))).zeros(18).toBytes());
  }

  private void domain(String name, boolean isQuery, byte[] message) {
    byte[] datagram = isQuery ? udp(40053, 53, message) : udp(53, 40053, message);
    add(name, summed(ipv4(UDP, datagram), UDP_CHECKSUM));
  }

  static PacketBytes query(int type) {
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

  private void addDns() {
    domain("DNS query, A", true, query(1).toBytes());
    domain("DNS query, AAAA", true, query(28).toBytes());
    domain("DNS query, MX", true, query(15).toBytes());
    domain(
        "DNS query, TYPE999 CHAOS",
        true,
        start()
            .hex("0539 0000 0001 0000 0000 0000")
            .name("version.bind")
            .u16(999)
            .u16(3)
            .toBytes());
    domain(
        "DNS query, root",
        true,
        start().hex("0539 0110 0001 0000 0000 0000").u8(0).u16(2).u16(1).toBytes());
    domain(
        "DNS query, PTR",
        true,
        start()
            .hex("0539 0100 0001 0000 0000 0000")
            .name("1.0.0.10.in-addr.arpa")
            .u16(12)
            .u16(1)
            .toBytes());
    domain(
        "DNS query with EDNS",
        true,
        start()
            .hex("0539 0120 0001 0000 0000 0001")
            .name("www.example.com")
            .u16(1)
            .u16(1)
            .hex(OPT)
            .toBytes());
    domain(
        "DNS update",
        true,
        start().hex("0539 2800 0001 0000 0000 0000").name("example.com").u16(6).u16(1).toBytes());
    domain(
        "DNS, A",
        false,
        response(0x8180, 1, 2, 0)
            .hex("c00c 0001 0001 0000012c 0004 c0000201")
            .hex("c00c 0001 0001 0000012c 0004 c0000202")
            .toBytes());
    domain(
        "DNS, AAAA",
        false,
        response(0x8180, 28, 1, 0)
            .hex("c00c 001c 0001 00000e10 0010 20010db8000000000000000000000007")
            .toBytes());
    domain(
        "DNS, CNAME and A",
        false,
        response(0x8580, 1, 2, 0)
            .hex("c00c 0005 0001 0000012c 0006 03")
            .text("web")
            .hex("c010")
            .hex("c02d 0001 0001 0000012c 0004 c0000201")
            .toBytes());
    domain(
        "DNS, MX",
        false,
        response(0x8180, 15, 1, 0)
            .hex("c00c 000f 0001 0000012c 0009 000a 04")
            .text("mail")
            .hex("c010")
            .toBytes());
    domain(
        "DNS, TXT",
        false,
        response(0x8180, 16, 1, 0)
            .hex("c00c 0010 0001 0000012c 000d 06")
            .text("v=spf1")
            .hex("05")
            .text("a -al")
            .toBytes());
    domain(
        "DNS, PTR",
        false,
        response(0x8180, 12, 1, 0)
            .hex("c00c 000c 0001 0000012c 0007 04")
            .text("host")
            .hex("c010")
            .toBytes());
    domain(
        "DNS, SRV",
        false,
        response(0x8180, 33, 1, 0)
            .hex("c00c 0021 0001 0000012c 000c 0001 0002 1466 03")
            .text("sip")
            .hex("c010")
            .toBytes());
    domain(
        "DNS, SOA",
        false,
        response(0x8180, 6, 1, 0)
            .hex("c00c 0006 0001 0000012c 0022 02")
            .text("ns")
            .hex("c010 05")
            .text("admin")
            .hex("c010 00000001 00000e10 00000258 00015180 0000003c")
            .zeros(1)
            .toBytes());
    domain(
        "DNS, NS and EDNS",
        false,
        response(0x8180, 2, 1, 1)
            .hex("c00c 0002 0001 0000012c 0005 02")
            .text("ns")
            .hex("c010")
            .hex(OPT)
            .toBytes());
    domain("DNS, NXDomain", false, response(0x8183, 1, 0, 0).toBytes());
    domain("DNS, ServFail, truncated, not recursive", false, response(0x8202, 1, 0, 0).toBytes());
    domain(
        "DNS, authentic",
        false,
        response(0x81A0, 1, 1, 0).hex("c00c 0001 0001 0000012c 0004 c0000201").toBytes());
    byte[] service =
        start()
            .hex("0000 0000 0001 0000 0000 0000")
            .name("_ipp._tcp.local")
            .u16(12)
            .u16(0x8001)
            .toBytes();
    add("multicast DNS query", summed(ipv4(UDP, udp(5353, 5353, service)), UDP_CHECKSUM));
    byte[] here =
        start()
            .hex("0000 8400 0000 0001 0000 0000")
            .name("printer.local")
            .hex("0001 8001 00000078 0004 0a000009")
            .toBytes();
    add("multicast DNS reply", summed(ipv4(UDP, udp(5353, 5353, here)), UDP_CHECKSUM));
  }

  private void domainOverTcp() {
    byte[] query = query(1).toBytes();
    byte[] payload = start().u16(query.length).bytes(query).toBytes();
    add("DNS over TCP", summed(ipv4(TCP, tcp(40053, 53, 5, 6, 0x18, "", payload)), TCP_CHECKSUM));
  }
}
