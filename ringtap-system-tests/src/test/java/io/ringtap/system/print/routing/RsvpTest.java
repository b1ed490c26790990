package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class RsvpTest extends PrinterBeside {
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String SESSION = object(1, 7, "0a000009 0000 0001 0a000001");
  private static final String HOP = object(3, 1, "0a000002 00000007");
  private static final String REFRESH = object(5, 1, "00007530");

  @Override
  protected List<String> flags() {
    return WITH_SECRET;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        message(
            "path",
            1,
            SESSION
                + HOP
                + REFRESH
                + object(20, 1, "0108 0a000003 2000 8108 0a000004 2000")
                + object(19, 1, "00000800")
                + object(207, 7, "0707 17 05 746f206200000000")
                + object(205, 1, "07 07 10 01 49742400 00000001 00000002 00000003")
                + object(205, 7, "07 07 10 01 4b3ebc20 00000001 00000002")
                + object(11, 7, "0a000001 0000 0002")
                + object(
                    12,
                    2,
                    "00000007 01000006 7f000005 4b3ebc20 49800000 7f800000 00000014 000005dc")
                + object(
                    13,
                    2,
                    "0000000e 01000008 04000001 00000002 06000001 4cbebc20"
                        + "08000001 ffffffff 0a000001 000005dc"
                        + "02800004 82000002 3dcccccd 00000000 85000001 00000001")
                + object(63, 7, "0a000001 0a000002")
                + object(66, 1, "00000003")),
        message(
            "reservation",
            2,
            SESSION
                + HOP
                + object(8, 1, "00000012")
                + object(9, 2, "00000005 05000004 0a000002 00000000 00000000 63000001 01020304")
                + object(10, 7, "0a000001 0000 0002")
                + object(16, 1, "00000010 00000011")
                + object(21, 1, "0108 0a000003 200b 0308 0101 00000010 0308 0002 00000010")
                + object(15, 1, "0a000009")
                + object(7, 1, "0a000001")),
        message(
            "errors",
            3,
            object(6, 1, "0a000001 01 18 0005")
                + object(6, 3, "0a000001 00 1c 0002")
                + object(6, 1, "0a000001 00 19 0002")
                + object(6, 2, ADDRESS + "00 18 0063")
                + object(6, 4, ADDRESS + "00 1c 0001")),
        message(
            "of IPv6",
            4,
            object(1, 2, ADDRESS + "11 01 1388")
                + object(1, 8, ADDRESS + "0000 0001" + ADDRESS)
                + object(1, 14, "00000007 0000 0001" + ADDRESS + "0000")
                + object(3, 2, ADDRESS + "00000007")
                + object(10, 2, ADDRESS + "0000 1388")
                + object(10, 3, ADDRESS + "00 012345")
                + object(10, 8, ADDRESS + "0000 0002")
                + object(11, 2, ADDRESS + "0000 1388")
                + object(11, 13, ADDRESS + "0000 0001" + ADDRESS + "0000 0002")
                + object(15, 2, ADDRESS)
                + object(195, 2, ADDRESS)
                + object(50, 2, ADDRESS)),
        message(
            "of IPv4",
            5,
            object(1, 1, "e1000001 11 00 1388")
                + object(1, 13, "00000007 0000 0001 0a000001")
                + object(3, 3, "0a000002 00000007 0001 0004")
                + object(10, 1, "0a000001 0000 1388")
                + object(11, 1, "0a000001 0000 1388")
                + object(11, 12, "0a000001 0000 0001 0a000002 0003 0000")
                + object(195, 1, "0a000001")
                + object(50, 1, "0a000001")),
        message(
            "labels",
            6,
            object(129, 2, "00000010")
                + object(35, 3, "00000001 00000002 00000003")
                + object(34, 1, "00000010")
                + object(36, 1, "00000002 00000010 00000011")
                + object(36, 1, "02000002 00000010 00000020")
                + object(19, 2, "00008847 8001 0020 0002 0ffe")
                + object(19, 3, "00001234 0100 0010 0000 03ff")
                + object(19, 4, "01 01 0800")
                + object(130, 1, "00000001")),
        message(
            "hello",
            20,
            object(22, 1, "00000001 00000002")
                + object(131, 1, "0001d4c0 00000000")
                + object(134, 1, "80000003")),
        message(
            "refresh",
            15,
            object(23, 1, "01 000007 00000001")
                + object(24, 2, "00 000007 00000001")
                + object(25, 1, "00 000007 00000001 00000002")
                + object(196, 1, "80000001")
                + object(204, 1, "0002 0000 0104 0102 0204 0304")),
        message(
            "integrity", 13, object(4, 1, "80 00 000000000007 0000000000000009" + "ab".repeat(16))),
        message(
            "right integrity",
            13,
            object(4, 1, "00 00 000000000007 0000000000000009 bf10f8068ec12318cc2747939093d2fa")),
        message("bundle", 12, part(1, SESSION) + part(20, object(22, 2, "00000001 00000002"))),
        message("bundle of another version", 12, "2101 0000 ff00 0008"),
        message("bundle of short parts", 12, "1101 0000 ff00 0004"),
        message("bundle of long parts", 12, "1101 0000 ff00 0010"),
        message("unknown message", 9, SESSION),
        message("unknown objects", 1, object(99, 1, "0102") + object(1, 9, "01020304")),
        message("odd object", 1, "0005 0101 0a0000"),
        message("short header", 1, "0000 0101"),
        message("short object", 1, object(1, 1, "0a000001")),
        message("short name", 1, object(207, 7, "0707 00 09 61626364")),
        message("short properties", 1, object(204, 1, "0001 0000 0109 0102")),
        message("empty properties", 1, object(204, 1, "0001 0000 0101 0102")),
        message("short range of labels", 1, object(36, 1, "02000002")),
        message("object that is too long", 1, "0010 0101 0a000001"),
        message("long hop", 1, object(20, 1, "0109 0a00") + REFRESH),
        message("empty hop", 1, object(20, 1, "0100 0a00") + REFRESH),
        message("wrong hop", 1, object(20, 1, "0104 0a00")),
        message("prefix", 1, object(20, 1, "0108 0a000003 1800")),
        message("autonomous system", 1, object(20, 1, "2004 fde8 6304 0102")),
        rsvp("another version", "2101 0000 ff00 0008"),
        rsvp("too short", "1101 0000 ff00 0004"));
  }

  private static Sample message(String name, int type, String objects) {
    return rsvp(name, part(type, objects));
  }

  private static Sample rsvp(String name, String hex) {
    return ethernet(name, ipv4(46, fromHex(hex)));
  }

  private static String part(int type, String objects) {
    return "11%02x 1234 ff00 %04x".formatted(type, 8 + fromHex(objects).length) + objects;
  }

  private static String object(int number, int type, String hex) {
    return "%04x %02x%02x".formatted(4 + fromHex(hex).length, number, type) + hex;
  }
}
