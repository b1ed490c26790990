package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.checksummed;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.icmp;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.summed;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.Arrays;
import java.util.List;

class PimTest extends PrinterBeside {
  private static final int PROTOCOL = 103;
  private static final String ROUTER = "0100 0a000001";
  private static final String ROUTER_6 = "0200 20010db8000000000000000000000001";
  private static final String GROUP = "0100 00 20 e1020304";
  private static final String SOURCE = "0100 04 20 0a000009";
  private static final byte[] FRAME = ipv4(17, udp(1, 2, new byte[1]));
  private static final byte[] PACKET = Arrays.copyOfRange(FRAME, 14, FRAME.length);
  private static final byte[] FRAME_6 = ipv6(17, udp(1, 2, new byte[1]));
  private static final byte[] PACKET_6 = Arrays.copyOfRange(FRAME_6, 14, FRAME_6.length);

  @Override
  protected List<Sample> samples() {
    return List.of(
        pim(
            "hello",
            "20 00 0000 0001 0002 0069 0002 0004 81f4 09c4 0013 0004 00000001"
                + "0014 0004 12345678 0015 0004 01 3c 0000 0016 0000 0063 0003 010203"),
        pim("hello with addresses", "20 00 0000 0018 0018" + ROUTER + ROUTER_6 + "0001 0002 ffff"),
        pim(
            "hello with old options",
            "20 00 0000 0012 0000 fde9 0006" + ROUTER + "0015 0004 02000001"),
        pim("hello with an unknown address", "20 00 0000 0018 0006 0300 0a000001"),
        pim("hello with too short an option", "20 00 0000 0001 0001 01"),
        pim("hello with too long an option", "20 00 0000 0014 0005 0102030405"),
        pim("hello with an option that passes the end", "20 00 0000 0014 0005 01020304"),
        pim("hello with half an option", "20 00 0000 0001"),
        register("register", "00000000", PACKET),
        register("register of IPv6", "80000000", PACKET_6),
        register(
            "null register",
            "40000000",
            start().hex("00").zeros(11).hex("0a000009 e1020304").toBytes()),
        register("register of another version", "c0000000", fromHex("50")),
        register("register of nothing", "00000000", new byte[0]),
        ethernet(
            "register with the sum of all",
            ipv4(PROTOCOL, icmp(start().hex("21 00 0000 00000000").bytes(PACKET).toBytes()))),
        ethernet(
            "register with a wrong sum",
            ipv4(PROTOCOL, start().hex("21 00 1234 00000000").bytes(PACKET).toBytes())),
        pim("register stop", "22 00 0000" + GROUP + ROUTER),
        pim(
            "join and prune",
            "23 00 0000"
                + ROUTER
                + "00 02 00d2"
                + GROUP
                + "0002 0001"
                + SOURCE
                + "0100 07 18 0a000000"
                + "0100 f8 20 0a000008"
                + "0100 80 08 e0000000 0000 0000"),
        pim("endless join", "23 00 0000" + ROUTER + "00 01 ffff" + GROUP + "0001 0000" + SOURCE),
        pim(
            "join of RFC 2117",
            "23 04 0000 0a000001 00 01 0000 00 20 e1020304 0001 0000 00 20 0a000009"),
        pim("join of an odd address", "23 05 0000 0a000001 00 01 0000"),
        pim("join of fewer groups", "23 00 0000" + ROUTER + "00 02 0001" + GROUP + "0000 0000"),
        pim(
            "join of fewer sources",
            "23 00 0000" + ROUTER + "00 01 0001" + GROUP + "0002 0000" + SOURCE),
        pim("graft", "26 00 0000" + ROUTER + "00 01 00d2" + GROUP + "0001 0000" + SOURCE),
        pim("graft acknowledgment", "27 00 0000 00 01 00d2" + GROUP + "0001 0000" + SOURCE),
        pim(
            "bootstrap",
            "24 00 0000 1234 1e 40"
                + ROUTER
                + GROUP
                + "02 01 0000"
                + ROUTER
                + "0096 c0 00"
                + GROUP
                + "00 00 0000"),
        pim(
            "bootstrap cut short",
            "24 00 0000 1234 1e 40" + ROUTER + GROUP + "02 01 0000" + ROUTER + "0096"),
        pim("bootstrap without a router", "24 00 0000 1234 1e 40"),
        pim("assert", "25 00 0000" + GROUP + ROUTER + "80000064 0000000a"),
        pim("assert off the tree", "25 00 0000" + GROUP + ROUTER + "00000064 0000000a"),
        pim("candidate", "28 00 0000 02 c0 0096" + ROUTER + GROUP + "0100 00 08 e0000000"),
        pim("candidate of fewer groups", "28 00 0000 02 c0 0096" + ROUTER + GROUP),
        pim("state refresh", "29 00 0000" + ROUTER + GROUP + ROUTER + "003c"),
        pim("election offer", "2a 10 0000" + ROUTER + "00000064 0000000a"),
        pim("election winner", "2a 20 0000" + ROUTER + "00000064 0000000a"),
        pim(
            "election backoff",
            "2a 30 0000" + ROUTER + "00000064 0000000a" + ROUTER + "00000065 0000000b 03e8"),
        pim(
            "election pass",
            "2a 40 0000" + ROUTER + "00000064 0000000a" + ROUTER + "00000065 0000000b"),
        pim("unknown election", "2a 50 0000" + ROUTER + "00000064 0000000a"),
        pim("redirect", "2b 00 0000 01020304"),
        pim("type 12", "2c 00 0000 01020304"),
        pim("unknown type", "2d 00 0000 01020304"),
        pim("version 1", "10 00 0000 01020304"),
        pim("no checksum field", "2000"),
        pim("no reserved field", "20"),
        ethernet("no checksum", ipv4(PROTOCOL, fromHex("20 00 0000 0001 0002 0069"))),
        ethernet("wrong checksum", ipv4(PROTOCOL, fromHex("20 00 1234 0001 0002 0069"))),
        ethernet(
            "over IPv6",
            summed(
                ipv6(
                    PROTOCOL,
                    fromHex(
                        "22 00 0000" + "0200 00 80 ff0e0000000000000000000000000001" + ROUTER_6)),
                2)));
  }

  private static Sample pim(String name, String hex) {
    byte[] message = fromHex(hex);
    return ethernet(name, ipv4(PROTOCOL, message.length < 4 ? message : icmp(message)));
  }

  private static Sample register(String name, String flags, byte[] packet) {
    byte[] header = checksummed(start().hex("21 00 0000").hex(flags).toBytes(), 2);
    return ethernet(name, ipv4(PROTOCOL, start().bytes(header).bytes(packet).toBytes()));
  }
}
