package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class OspfV3Test extends PrinterBeside {
  private static final String HELLO =
      "00000005 01 000013 000a 0028 0a000001 0a000002 0a000003 0a000004";
  private static final String PREFIX = "40 00 000a 20010db8 00010000";

  @Override
  protected List<Sample> samples() {
    return List.of(
        ospf("hello", 1, HELLO),
        ospf("hello of a lonely router", 1, "00000005 01 000013 000a 0028 00000000 00000000"),
        ospf("description", 2, "00000713 05dc 00 17 00001234" + header(0x2001, 36)),
        ospf("description with half a header", 2, "00000013 05dc 00 07 00001234 0001 2001 0000"),
        ospf("request", 3, "0000 2001 00000000 0a000001 0000 4005 00000007 0a000002"),
        ospf("acknowledgment", 5, header(0x2001, 36) + header(0x0008, 36) + header(0x6fff, 10)),
        ospf(
            "update",
            4,
            "00000005"
                + lsa(
                    0x2001,
                    "1f 000013 01 00 000a 00000005 00000006 0a000002"
                        + "02 00 000a 00000005 00000006 0a000002"
                        + "04 00 000a 00000005 00000006 0a000002")
                + lsa(0x2002, "00 000133 0a000001 0a000002")
                + lsa(0x2003, "0000000a" + PREFIX + "00 3f 0000" + "21 00 0000 20010db8 80000000")
                + lsa(0x2009, "0002 2001 00000000 0a000001" + PREFIX + PREFIX)
                + lsa(0x2004, "00000013 0000000a 0a000009")),
        ospf(
            "update of external routes",
            4,
            "00000002"
                + lsa(
                    0x4005,
                    "0300000a 60 00 0003"
                        + "20010db80001000200030004"
                        + "20010db8000000000000000000000001 00000007")
                + lsa(0x4005, "0000000a 00 00 2001 0a000009")),
        ospf(
            "update of a link",
            4,
            "00000001"
                + lsa(
                    0x0008,
                    "01 000013 fe800000000000000000000000000001 00000002"
                        + PREFIX
                        + "80 02 0000 20010db8000000000000000000000001")),
        ospf(
            "graceful restart",
            4,
            "00000001" + lsa(0x000b, "0001 0004 00000078 0002 0001 01000000")),
        ospf("odd graceful restart", 4, "00000001" + lsa(0x000b, "0001 0003 000000")),
        ospf("traffic engineering", 4, "00000001" + lsa(0x000a, "0001 0004 0a000001")),
        ospf("unknown link", 4, "00000001" + lsa(0x2001, "00 000013 09 00 000a" + "00".repeat(12))),
        ospf("half a link", 4, "00000001" + lsa(0x2001, "00 000013 01 00 000a")),
        ospf("too long a prefix", 4, "00000001" + lsa(0x2003, "0000000a 81 00 0000 20010db8")),
        ospf("half a prefix", 4, "00000001" + lsa(0x2003, "0000000a 40 00 0000 20010db8")),
        ospf(
            "half a forwarding address",
            4,
            "00000001" + lsa(0x4005, "0200000a 00 00 0000 20010db8")),
        ospf("too short an advertisement", 4, "00000001" + header(0x2001, 12)),
        ospf("too long an advertisement", 4, "00000001" + header(0x2001, 60)),
        ospf("unknown type", 9, "01020304"),
        packet(
            "signaling",
            "03 01 0028 0a000001 0000000a 0000 03 00 00000005 01 000213"
                + "000a 0028 0a000001 0a000002 0a000003 fff6 000c 0001 0004 00000003"),
        packet(
            "authentication",
            "03 01 0028 0a000001 00000000 0000 00 00 00000005 01 000413"
                + "000a 0028 0a000001 0a000002 0a000003 0001 0020 0000 0001 00000000 00000007"
                + "00112233445566778899aabbccddeeff"),
        packet(
            "signaling and authentication",
            "03 02 001c 0a000001 00000000 0000 00 00 00000613"
                + "05dc 00 07 00001234 fff6 0004 0002 0014 0000 0001 00000000 00000007 00112233"),
        packet(
            "half of signaling",
            "03 02 001c 0a000001 00000000 0000 00 00 00000613" + "05dc 00 07 00001234 fff6"),
        packet("half of authentication", "03 03 0010 0a000001 00000000 0000 00 00 0001 0020 0000"),
        packet(
            "too long an authentication",
            "03 03 0010 0a000001 00000000 0000 00 00 0001 0020 0000 0000 00000000 00000000 00"),
        packet("another length", "03 03 0030 0a000001 00000000 0000 00 00"),
        packet("version 2 over IPv6", "02 03 0010 0a000001 00000000 0000 00 00"));
  }

  private static String header(int type, int length) {
    return "0001 %04x 00000007 0a000001 80000001 abcd %04x".formatted(type, length);
  }

  private static String lsa(int type, String body) {
    return header(type, 20 + start().hex(body).toBytes().length) + body;
  }

  private static Sample ospf(String name, int type, String body) {
    int length = 16 + start().hex(body).toBytes().length;
    return packet(name, "03 %02x %04x 0a000001 00000000 abcd 00 00".formatted(type, length) + body);
  }

  private static Sample packet(String name, String packet) {
    return ethernet(name, ipv6(89, start().hex(packet).toBytes()));
  }
}
