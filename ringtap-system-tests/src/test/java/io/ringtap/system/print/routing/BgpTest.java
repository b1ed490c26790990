package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;
import java.util.stream.Stream;

class BgpTest extends PrinterBeside {
  private static final String MARKER = "ff".repeat(16);
  private static final String KEEPALIVE = MARKER + "0013 04";
  private static final String ROUTES = "18 0a0101 10 0a02 00 20 0a030001";
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String DISTINGUISHER = "0000 fde8 00000001";

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-vv", "-v -b", "-e", "-q");
  }

  @Override
  protected List<Sample> samples() {
    return Stream.of(messages(), attributes(), communities(), families(), oddUpdates())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Sample> messages() {
    return List.of(
        segment("keepalive", KEEPALIVE),
        segment("two keepalives", KEEPALIVE + KEEPALIVE),
        segment("rest of a message before a keepalive", "0102 ffff 03" + KEEPALIVE),
        segment("keepalive and the begin of another", KEEPALIVE + MARKER.substring(6)),
        segment("message that goes on in the next segment", MARKER + "0030 02 0000"),
        segment("unknown message that goes on", MARKER + "0030 09 0000"),
        segment("message shorter than its header", MARKER + "0012 04"),
        segment("no message", "000102"),
        message("unknown message", 9, "01020304"),
        open("open", "0104 0001 00 01 0200 4104 000186a0"),
        open(
            "open with many capabilities",
            "0104 0002 00 80 0808 0001 01 02 0002 01 02 400a 8078 0001 01 80 0002 01 00"
                + "4508 0001 01 03 0002 01 01 4600 4700 8000 4902 0174 0300"),
        open("open with short capabilities", "0102 0001 0104 0001 0001"),
        open("open with a short restart", "4001 80"),
        open("open with a short AS number", "4102 0001"),
        open(
            "open with odd capabilities",
            "4500 4505 0001 01 07 00 0803 000101 0106 0003 00 04 00 00"),
        message("open without parameters", 1, "04 fde8 00b4 0a000001 00"),
        message("open with other parameters", 1, "04 fde8 00b4 0a000001 08 0102 0001 0902 0001"),
        message("open with too long a parameter", 1, "04 fde8 00b4 0a000001 04 0203 0200"),
        message("open with too many parameters", 1, "04 fde8 00b4 0a000001 08 0202 0200"),
        message("open with a capability that is too long", 1, "04 fde8 00b4 0a000001 04 0202 4109"),
        message("too short an open", 1, "04 fde8 00b4"),
        message("refresh", 5, "0001 00 01"),
        message("refresh with more", 5, "0002 00 80 01 02 0102"),
        message("too short a refresh", 5, "0001"),
        message("header error", 3, "0102 0005"),
        message("open error", 3, "0202 fde9"),
        message("update error", 3, "030b"),
        message("hold timer", 3, "0400"),
        message("state error", 3, "0501"),
        message("capability error", 3, "0702"),
        message("unknown error", 3, "0901"),
        message("unknown subcode", 3, "010a"),
        message("maximum of prefixes", 3, "0601 0001 01 000003e8"),
        message("maximum of prefixes without data", 3, "0601 0001"),
        message("shutdown", 3, "0602 05 68656c6c1b"),
        message("reset with more data", 3, "0604 02 6869 010203"),
        message("shutdown without a reason", 3, "0602 00"),
        message("shutdown with too long a reason", 3, "0602 09 6869"),
        message("shutdown without data", 3, "0602"),
        message("other cease", 3, "0606 0102"),
        message("too short a notification", 3, "06"));
  }

  private static List<Sample> attributes() {
    return List.of(
        update(
            "update",
            attribute(0x40, 1, "00")
                + attribute(0x40, 2, "02 02 000186a0 0000fde9")
                + attribute(0x40, 3, "0a000001")
                + attribute(0x80, 4, "0000000a")
                + attribute(0x40, 5, "00000064"),
            ROUTES),
        update(
            "origins",
            attribute(0x40, 1, "01") + attribute(0x40, 1, "02") + attribute(0x40, 1, "03"),
            ""),
        update(
            "paths",
            attribute(0x40, 2, "02 02 fde8 fde9 01 01 fdea 03 01 fdeb 04 02 fdec fded")
                + attribute(0xc0, 17, "02 01 000186a0 01 01 00000007")
                + attribute(0x40, 2, "")
                + attribute(0x40, 2, "07 01 fde8"),
            ""),
        update("path that is too long", attribute(0x40, 2, "02 ff 0000fde8"), ROUTES),
        update(
            "aggregation",
            attribute(0x40, 6, "")
                + attribute(0xc0, 7, "fde8 0a000001")
                + attribute(0xc0, 7, "000186a0 0a000001")
                + attribute(0xc0, 18, "000186a0 0a000001"),
            ""),
        update(
            "reflection",
            attribute(0x80, 9, "0a000001")
                + attribute(0x80, 10, "0a000001 0a000002")
                + attribute(0x80, 10, ""),
            ""),
        update(
            "wrong lengths",
            attribute(0x40, 1, "0000")
                + attribute(0x40, 2, "02 01 00")
                + attribute(0x40, 3, "0a00")
                + attribute(0x80, 4, "00")
                + attribute(0x40, 5, "")
                + attribute(0x40, 6, "00")
                + attribute(0xc0, 7, "00")
                + attribute(0xc0, 8, "00")
                + attribute(0x80, 9, "00")
                + attribute(0x80, 10, "00")
                + attribute(0xc0, 16, "00")
                + attribute(0xc0, 18, "00")
                + attribute(0xc0, 32, "00")
                + attribute(0xc0, 32, ""),
            ""),
        update(
            "tunnels",
            attribute(0xc0, 22, "01 01 000640 0a000001 00000007")
                + attribute(0xc0, 22, "00 02 000640 0a000001 00000007")
                + attribute(0xc0, 22, "00 03 000640 0a000001 e8000001")
                + attribute(0xc0, 22, "00 04 000640 0a000001 e8000001")
                + attribute(0xc0, 22, "00 05 000640 0a000001 e8000001")
                + attribute(0xc0, 22, "00 06 000640 0a000001")
                + attribute(0xc0, 22, "00 07 000640 0a000001 00000007")
                + attribute(0xc0, 22, "00 09 000640 0a000001"),
            ""),
        update("too short a tunnel", attribute(0xc0, 22, "01 01 00"), ROUTES),
        update("metric", attribute(0x80, 26, "01 000b 00000000000003e8 09 0005 0102"), ""),
        update("large metric", attribute(0x80, 26, "01 000b ffffffffffffffff 01"), ""),
        update("too short a metric", attribute(0x80, 26, "01 0009 000000000003"), ""),
        update("metric of no length", attribute(0x80, 26, "09 0002 00"), ""),
        update("metric that is cut off", attribute(0x80, 26, "01 000b 0000"), ""),
        update(
            "set of attributes",
            attribute(
                0xc0,
                128,
                "0000fde8"
                    + attribute(0x40, 1, "00")
                    + attribute(0, 5, "00000064")
                    + attribute(0xdf, 77, "01020304")),
            ""),
        update(
            "set in a set",
            attribute(
                0xc0,
                128,
                "0000fde8" + attribute(0xc0, 128, "0000fde9" + attribute(0x40, 1, "00"))),
            ""),
        update("too short a set", attribute(0xc0, 128, "0000"), ROUTES),
        update("unknown attribute", attribute(0xe7, 77, "010203"), ""),
        update(
            "attributes without a decoder",
            attribute(0xc0, 23, "0001 0000") + attribute(0xc0, 11, ""),
            ""));
  }

  private static List<Sample> communities() {
    return List.of(
        update(
            "communities",
            attribute(0xc0, 8, "fde80064 ffffff01 ffffff02 ffffff03 fde90065")
                + attribute(0xc0, 8, "")
                + attribute(0xc0, 32, "000186a0 00000001 00000002")
                + attribute(0xc0, 32, "000186a0 00000001 00000002 000186a0 00000003 00000004"),
            ROUTES),
        update(
            "extended communities",
            attribute(
                0xc0,
                16,
                "0002fde800000064 0102 0a000001 0064 0202 000186a0 0064 0003fde800000064"
                    + "0103 0a000001 0064 0203 000186a0 0064 4004fde8 4cee6b28 0005 0a000001 0000"
                    + "0105 0a000001 0000 0205 0a000001 0200 8005 0a000001 0200"
                    + "0107 0a000001 0000 8001 0a000001 0000"),
            ""),
        update(
            "more extended communities",
            attribute(
                0xc0,
                16,
                "0306 00000000 05 01 0306 0a000000 01 00 8000 00000001 07 00 0306 00000000 09 00"
                    + "800a 04 02 05dc 0000 800a 0d 00 05dc 0000 0009fde800000000"
                    + "010b 0a000001 0007 000afde800000064 f10a 0a000001 0064"
                    + "030c 00000000 0008 030c 00000000 0063 8800 000000000001 c800 000000000001"),
            ""));
  }

  private static List<Sample> families() {
    return List.of(
        update("IPv6", reach(2, 1, ADDRESS, "40 20010db800010000 00 7f" + ADDRESS), ""),
        update("IPv6 with two next hops", reach(2, 1, ADDRESS + ADDRESS, "20 20010db8"), ""),
        update("IPv4 by attribute", reach(1, 1, "0a000001", "18 0a0101 10 0a02"), ""),
        update("IPv4 multicast", reach(1, 2, "0a000001 0a000002", "18 0a0101"), ""),
        update("IPv4 over IPv6", reach(1, 1, ADDRESS, "18 0a0101"), ""),
        update("odd next hop", reach(2, 1, "0a000001", "20 20010db8"), ""),
        update("no next hop", reach(2, 1, "", "20 20010db8"), ""),
        update("labels", reach(1, 4, "0a000001", "30 000641 0a0101 2c 000640 0a0120"), ""),
        update(
            "labels of IPv6",
            reach(2, 4, ADDRESS, "38 000641 20010db8 64 000641 20010db8000000000010"),
            ""),
        update(
            "VPN",
            reach(
                1,
                128,
                DISTINGUISHER + "0a000001",
                "70 000641" + DISTINGUISHER + "0a0101" + "58 000641 0001 0a000001 0007"),
            ""),
        update(
            "VPN of IPv6",
            reach(
                2,
                128,
                DISTINGUISHER + ADDRESS,
                "78 000640 0002 000186a0 0007 20010db8 9c 000641 0009 000186a0 0007"
                    + " 20010db80000000010"),
            ""),
        update(
            "multicast VPN routes",
            reach(1, 129, DISTINGUISHER + "0a000001", "70 000641" + DISTINGUISHER + "0a0101"),
            ""),
        update(
            "odd next hop of a VPN",
            reach(1, 128, "0a000001", "70 000641" + DISTINGUISHER + "0a0101"),
            ""),
        update(
            "route targets",
            reach(
                1,
                132,
                "0a000001",
                "60 0000fde8 0002fde800000064 60 000186a0 01020a0000010064"
                    + "60 0000fde8 0202000186a00064 60 0000fde8 9902000186a00064 00"
                    + "20 0000fde8 24 0000fde8 f0 34 0000fde8 0002ff"),
            ""),
        update("route target that is too short", reach(1, 132, "0a000001", "1f 0000fde8"), ""),
        update("route target that is too long", reach(1, 132, "0a000001", "61 0000fde8"), ""),
        update(
            "distribution trees",
            reach(1, 66, "0a000001", "80" + DISTINGUISHER + "0a000001 e8000001"),
            ""),
        update("odd distribution tree", reach(1, 66, "0a000001", "40" + DISTINGUISHER), ""),
        update(
            "multicast VPN",
            reach(
                1,
                5,
                "0a000001",
                "01 0c"
                    + DISTINGUISHER
                    + "0a000001 02 0c"
                    + DISTINGUISHER
                    + "0000fde8"
                    + "04 04 01020304 09 02 0102"
                    + "05 12"
                    + DISTINGUISHER
                    + "20 0a000009 20 e1000001"
                    + "06 16"
                    + DISTINGUISHER
                    + "0000fde8 20 0a000009 20 e1000001"
                    + "07 0e"
                    + DISTINGUISHER
                    + "0000fde8 00 00"
                    + "01 0d"
                    + DISTINGUISHER
                    + "0a00000101"),
            ""),
        update("too short a multicast VPN route", reach(1, 5, "0a000001", "01 04 0a000001"), ""),
        update(
            "half a multicast VPN route",
            reach(1, 5, "0a000001", "05 12" + DISTINGUISHER + "20"),
            ""),
        update(
            "withdrawal of route targets",
            attribute(0x80, 15, "0001 84 60 0000fde8 0002fde800000064"),
            ""),
        update("EVPN", reach(25, 70, "0a000001", "03 02 0102"), ""),
        update("unknown families", reach(16388, 71, "0a000001", "0102"), ""),
        update("path identifiers", reach(2, 1, ADDRESS, "00000001 20 20010db8 00000002 00"), ""),
        update(
            "path identifiers of IPv4",
            reach(1, 1, "0a000001", "00000001 18 0a0101 00000002 00"),
            ""),
        update(
            "attachment points",
            attribute(0x80, 14, "0001 01 04 0a000001 02 01aa 00 18 0a0101"),
            ""),
        update(
            "attachment points that are cut off",
            attribute(0x80, 14, "0001 01 04 0a000001 02 01aa 09"),
            ""),
        update("reach that is cut off", attribute(0x80, 14, "0001 01 09 0a000001"), ""),
        update("reach without attachment points", attribute(0x80, 14, "0001 01 04 0a000001"), ""),
        update("reach without a next hop", attribute(0x80, 14, "0001 01"), ""),
        update("too short a reach", attribute(0x80, 14, "0001"), ""),
        update("long prefix", reach(2, 1, ADDRESS, "81 20010db8"), ""),
        update("short prefix", reach(2, 1, ADDRESS, "40 20010db8"), ""),
        update("long prefix with a label", reach(1, 4, "0a000001", "39 000641 0a010101 01"), ""),
        update("short prefix with a label", reach(1, 4, "0a000001", "10 000641"), ""),
        update("cut prefix with a label", reach(1, 4, "0a000001", "30 0006"), ""),
        update(
            "long prefix of a VPN",
            reach(1, 128, DISTINGUISHER + "0a000001", "80" + "00".repeat(16)),
            ""),
        update(
            "short prefix of a VPN", reach(1, 128, DISTINGUISHER + "0a000001", "20 0a000001"), ""),
        update("withdrawal of IPv6", attribute(0x80, 15, "0002 01 20 20010db8"), ""),
        update(
            "withdrawal of a VPN",
            attribute(0x80, 15, "0001 80 70 800000" + DISTINGUISHER + "0a0101"),
            ""),
        update("end of IPv6", attribute(0x80, 15, "0002 01"), ""),
        update("withdrawal of EVPN", attribute(0x80, 15, "0019 46 0102"), ""));
  }

  private static List<Sample> oddUpdates() {
    return List.of(
        message("end of routes", 2, "0000 0000"),
        message("withdrawal", 2, "0004 18 0a0101 0000"),
        message("withdrawal and update", 2, "0004 18 0a0101 0004 400101 00 18 0a0102"),
        message("withdrawal with path identifiers", 2, "000d 00000001 18 0a0101 00000002 00 0000"),
        message("withdrawal of too long a prefix", 2, "0004 28 0a0101 0000"),
        message("withdrawal of a prefix that is cut off", 2, "0003 18 0a01 0000"),
        message("withdrawal of one byte", 2, "0001 00 0000"),
        message("withdrawal that is too long", 2, "0009 18 0a0101"),
        message("update without attributes", 2, "0000 0000 18 0a0101"),
        message("update with path identifiers", 2, "0000 0000 00000001 18 0a0101 00000002 00"),
        message("update of too long a prefix", 2, "0000 0000 28 0a0101"),
        message("update of a prefix that is cut off", 2, "0000 0000 18 0a01"),
        message("attributes that are too long", 2, "0000 0009 400101 00"),
        message("attribute that is too long", 2, "0000 0004 400105 00 18 0a0101"),
        message("attribute that is cut off", 2, "0000 0005 400101 00 40 18 0a0101"),
        message("attribute without a length", 2, "0000 0006 400101 00 4001 18 0a0101"),
        message("attribute with half a length", 2, "0000 0007 400101 00 500100 18 0a0101"),
        message("extended length", 2, "0000 0005 5001 0001 00 18 0a0101"),
        message("no attribute length", 2, "0000 00"),
        message("no withdrawn length", 2, "00"));
  }

  private static String reach(int family, int subsequent, String nextHop, String routes) {
    int bytes = start().hex(nextHop).toBytes().length;
    return attribute(
        0x80, 14, "%04x %02x %02x".formatted(family, subsequent, bytes) + nextHop + "00" + routes);
  }

  private static String attribute(int flags, int type, String value) {
    int length = start().hex(value).toBytes().length;
    String head = (flags & 0x10) != 0 ? "%02x %02x %04x" : "%02x %02x %02x";
    return head.formatted(flags, type, length) + value;
  }

  private static Sample update(String name, String attributes, String routes) {
    int length = start().hex(attributes).toBytes().length;
    return message(name, 2, "0000 %04x".formatted(length) + attributes + routes);
  }

  private static Sample open(String name, String capabilities) {
    int length = start().hex(capabilities).toBytes().length;
    return message(
        name, 1, "04 fde8 00b4 0a000001 %02x 02 %02x".formatted(2 + length, length) + capabilities);
  }

  private static Sample message(String name, int type, String body) {
    int length = 19 + start().hex(body).toBytes().length;
    return segment(name, MARKER + "%04x %02x".formatted(length, type) + body);
  }

  private static Sample segment(String name, String hex) {
    byte[] payload = start().hex(hex).toBytes();
    return ethernet(name, ipv4(6, tcp(50000, 179, 1, 1, 0x18, "", payload)));
  }
}
