package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class OspfTest extends PrinterBeside {
  private static final String NO_AUTHENTICATION = "0000 0000000000000000";
  private static final String HELLO = "ffffff00 000a 52 01 00000028 0a000001 0a000002 0a090909";
  private static final String LINK = "0a000002 0a000001 01 00 000a";

  @Override
  protected List<Sample> samples() {
    return List.of(
        ospf("hello", 1, HELLO),
        ospf("hello of a lonely router", 1, "ffffff00 000a 00 00 00000028 00000000 00000000"),
        ospf(1, "hello with a password", "0001 7365637265740102", HELLO, ""),
        ospf(1, "hello with a digest", "0002 0000 01 10 00000007", HELLO, "00".repeat(16)),
        ospf(1, "unknown authentication", "0003 0000000000000000", HELLO, ""),
        ospf(1, "link-local signaling", NO_AUTHENTICATION, HELLO, "fff6 0003 0001 0004 00000003"),
        ospf(
            1,
            "link-local signaling, odd lengths",
            NO_AUTHENTICATION,
            HELLO,
            "fff6 0003 0001 0003 00000000 0002 0002" + "00".repeat(20) + "0009 0001 00"),
        ospf(
            1,
            "link-local signaling after a digest",
            "0002 0000 01 10 00000007",
            HELLO,
            "00".repeat(16) + "fff6 0003 0001 0004 00000001" + "00".repeat(16)),
        ospf("description", 2, "05dc 42 07 00001234" + header(1, 36) + header(5, 36)),
        ospf("description without an MTU", 2, "0000 00 08 00001234" + header(9, 19)),
        ospf(
            "request",
            3,
            "00000001 0a000001 0a000001 0000000a 01000007 0a000002 0000000c 00000000 00000000"),
        ospf(
            "update",
            4,
            "00000004"
                + lsa(
                    1,
                    "9f 00 0004"
                        + LINK
                        + "0a000003 ffffff00 03 01 000a 02000014"
                        + "0a000004 0a000001 02 00 000a 0a000005 0a000001 04 00 000a")
                + lsa(2, "ffffff00 0a000001 0a000002")
                + lsa(3, "ffffff00 0000000a 0100000b")
                + lsa(4, "00000000 0000000a")),
        ospf(
            "update of external routes",
            4,
            "00000003"
                + lsa(5, "ffffff00 80000014 0a000009 00000007")
                + lsa(7, "ffffff00 02ffffff 00000000 00000000 05000001 00000000 00000000")
                + lsa(6, "00000001 0a000001 00000002 0a000002 00000003 0a000003")),
        ospf("update of one", 4, "00000001" + lsa(8, "01020304")),
        ospf("update of more than there are", 4, "00000002" + lsa(2, "ffffff00 0a000001")),
        ospf(
            "update of a router's unknown link",
            4,
            "00000001" + lsa(1, "00 00 0001 0a000002 0a000001 09 00 000a")),
        ospf("update of too short an advertisement", 4, "00000001" + header(1, 12)),
        ospf(
            "router information",
            4,
            "00000002"
                + lsa(10, 0x04000000, "0001 0004 000003f0 0007 0003 01020300")
                + lsa(10, 0x04000000, "0001 0005 000000f0 00")),
        ospf("router information, too long", 4, "00000001" + lsa(11, 0x04000000, "0007 0009 0102")),
        ospf(
            "router information, no room for padding",
            4,
            "00000001" + lsa(11, 0x04000000, "0007 0003 010203")),
        ospf(
            "graceful restart",
            4,
            "00000002"
                + lsa(9, 0x03000000, "0001 0004 00000078 0002 0001 01000000 0003 0004 0a000001")
                + lsa(9, 0x03000000, "0005 0002 0102 0000 0002 0002 0102 0000")),
        ospf("unknown opaque advertisement", 4, "00000001" + lsa(10, 0x08000001, "0102030405")),
        link(
            "addresses of a link",
            value(1, "02") + value(2, "0a000002") + value(3, "0a000001") + value(4, "0a000002")),
        link(
            "numbers of a link",
            value(5, "0000000a")
                + value(9, "000000ff")
                + value(11, "0000000100000002")
                + value(16, "00000001 00000002")),
        link(
            "bandwidths of a link",
            value(6, "4cee6b28") + value(7, "cb989680") + value(8, "7f8000007fc00000".repeat(4))),
        link(
            "bandwidth constraints",
            value(17, "01000000 4cee6b28 00000000") + value(17, "05000000 80000000")),
        link("protection", value(14, "03000000") + value(14, "00000000") + value(32, "010203")),
        link("switching", value(15, "33020000" + "4cee6b28".repeat(8))),
        link("wrong lengths", value(1, "01") + value(9, "0102")),
        link("odd constraints", value(17, "00000000 01")),
        link("too many constraints", value(17, "00000000".repeat(10))),
        link("link's value that is too long", "0005 0009 0000000a"),
        link("half a link's value", "0005 0004 0000000a 0005"),
        link("link's value of no type", "0000 0004 0000000a"),
        ospf(
            "traffic engineering without a link",
            4,
            "00000002"
                + lsa(10, 0x01000001, value(1, "0a000001") + value(9, "010203"))
                + lsa(10, 0x01000001, "0001 0003 01020304")),
        ospf("user-defined", 0, "01020304"),
        ospf("unknown type", 9, "01020304"),
        ethernet(
            "version 3 over IPv4",
            ipv4(89, start().hex("03 01 0018 0a000001 0000000a 0000 0000").zeros(8).toBytes())),
        ethernet(
            "another length",
            ipv4(
                89,
                start()
                    .hex("02 01 0030 0a000001 0000000a 0000 0000")
                    .zeros(8)
                    .hex(HELLO)
                    .hex("00")
                    .toBytes())));
  }

  private static String value(int type, String value) {
    int length = start().hex(value).toBytes().length;
    return "%04x %04x".formatted(type, length) + value + "00".repeat(-length & 3);
  }

  private static String header(int type, int length) {
    return lsaHeader(type, 0x0a000001, length);
  }

  private static String lsa(int type, String body) {
    return lsa(type, 0x0a000001, body);
  }

  private static String lsa(int type, int identifier, String body) {
    int length = 20 + body.replace(" ", "").length() / 2;
    return lsaHeader(type, identifier, length) + body;
  }

  private static String lsaHeader(int type, int identifier, int length) {
    return "0001 22 %02x %08x 0a000001 80000001 abcd %04x".formatted(type, identifier, length);
  }

  private static Sample link(String name, String values) {
    String body = value(1, "0a000001") + value(2, values);
    return ospf(name, 4, "00000001" + lsa(10, 0x01000001, body));
  }

  private static Sample ospf(String name, int type, String body) {
    return ospf(type, name, NO_AUTHENTICATION, body, "");
  }

  private static Sample ospf(
      int type, String name, String authentication, String body, String trailer) {
    int length = 24 + start().hex(body).toBytes().length;
    return ethernet(
        name,
        ipv4(
            89,
            start()
                .u8(2)
                .u8(type)
                .u16(length)
                .hex("0a000001 00000000 abcd")
                .hex(authentication)
                .hex(body)
                .hex(trailer)
                .toBytes()));
  }
}
