package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.Arrays;
import java.util.List;

class TunnelsTest extends PrinterBeside {
  private static final byte[] FRAME = ipv4(17, udp(1, 2, new byte[1]));
  private static final byte[] PACKET = Arrays.copyOfRange(FRAME, 14, FRAME.length);

  @Override
  protected List<Sample> samples() {
    return List.of(
        gre("GRE", "0000 0800", PACKET),
        gre("GRE with a key", "2000 0800 00000007", PACKET),
        gre("GRE with all fields", "b000 0800 1234 0000 00000007 00000009", PACKET),
        gre("Ethernet in GRE", "0000 6558", FRAME),
        gre("unknown protocol in GRE", "0000 88b5", PACKET),
        gre("unknown version of GRE", "0003 0800", PACKET),
        gre("GRE of PPTP that only acknowledges", "2081 880b 0000 0001 00000003", new byte[0]),
        datagram("VXLAN", 4789, "08000000 00002a00", FRAME),
        datagram("VXLAN without an identifier", 4789, "00000000 00002a00", FRAME),
        datagram("OTV", 8472, "08000007 00002a00", FRAME),
        datagram("OTV without an identifier", 8472, "f7000000 00002aff", FRAME),
        datagram("OTV, too short", 8472, "080000", new byte[0]),
        datagram("Geneve", 6081, "0000 6558 00002a00", FRAME),
        datagram("Geneve with an option", 6081, "01c0 6558 00002a00 0100 80 00", FRAME),
        datagram("IPv4 in Geneve", 6081, "0240 0800 00002a00 0102 81 01 aabbccdd", PACKET),
        mpls("MPLS", "00032140"),
        mpls("MPLS with two labels", "00032040 00064140"),
        mpls("MPLS with a reserved label", "00000140"),
        ethernet("Ethernet in IPv6", ipv6(143, FRAME)),
        ethernet("Ethernet in IPv4", ipv4(143, FRAME)),
        ethernet("IPComp", ipv4(108, start().hex("06 00 0003 789c0300").toBytes())),
        ethernet("IPComp over IPv6", ipv6(108, start().hex("06 00 0003 789c0300").toBytes())),
        ethernet("Sun ND", ipv4(77, start().zeros(8).toBytes())),
        ethernet("ESP", ipv4(50, start().hex("00000123 00000007").zeros(20).toBytes())),
        ethernet("ESP over IPv6", ipv6(50, start().hex("00000123 00000007").zeros(20).toBytes())));
  }

  private static Sample gre(String name, String header, byte[] payload) {
    return Sample.ethernet(name, ipv4(47, start().hex(header).bytes(payload).toBytes()));
  }

  private static Sample datagram(String name, int port, String header, byte[] payload) {
    byte[] bytes = start().hex(header).bytes(payload).toBytes();
    return Sample.ethernet(name, ipv4(17, udp(50000, port, bytes)));
  }

  private static Sample mpls(String name, String labels) {
    return Sample.ethernet(
        name, PacketBytes.ethernet(0x8847, start().hex(labels).bytes(PACKET).toBytes()));
  }
}
