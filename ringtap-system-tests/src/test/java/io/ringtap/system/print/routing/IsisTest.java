package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class IsisTest extends PrinterBeside {
  private static final String ROUTER = "020000000001";
  private static final String NODE = ROUTER + "00";
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String AREA = value(1, "03 490001");
  private static final String ID = ROUTER + "0000";

  @Override
  protected List<String> flags() {
    return WITH_SECRET;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        lanHello(
            "LAN hello",
            AREA
                + value(6, "020000000002 020000000003")
                + value(129, "cc 8e 81")
                + value(132, "0a000001 0a000002")
                + value(232, ADDRESS)
                + value(229, "0000 c002 0fff 0005")
                + value(211, "07")
                + value(8, "0000000000")),
        lanHello("empty values", value(1, "") + value(129, "") + value(137, "") + value(10, "")),
        message("level 2 hello", 16, "02" + ROUTER + "001e 001b c0" + NODE),
        message("unknown circuit", 15, "09" + ROUTER + "001e 001b 40" + NODE),
        hello(
            "point-to-point hello",
            value(240, "00 00000001 020000000002 00000002")
                + value(240, "01 00000001")
                + value(240, "04")
                + value(241, "00000007")
                + value(211, "03 001e 020000000002")
                + value(7, "0001 0000 0002")),
        linkState(
            "passwords",
            18,
            1,
            value(10, "01 736563726574")
                + value(10, "36" + "ab".repeat(16))
                + value(10, "36 0102")
                + value(10, "03 0007 0102030405")
                + value(10, "09 0102")
                + value(10, "ff 0102")),
        linkState("signed", 18, 1, value(10, "36 b87c257a723afeffe2abfcc998e8e6a5")),
        linkState("link state", 18, 0x03, AREA + value(137, "7231") + value(134, "0a000001")),
        linkState("all flags", 20, 0xff, value(14, "05dc") + value(2, "00")),
        linkState("no checksum", 18, 0x01, value(12, "0000") + value(12, "1234")),
        message("wrong checksum", 18, "001f 04af" + ID + "00000007 1234 02 0802 0000"),
        linkState(
            "old reachability",
            18,
            1,
            value(2, "01 0a808080" + NODE + "4a0a0a0a" + NODE)
                + value(3, "0a808080" + ROUTER)
                + value(128, "0a808080 0a000000 ffffff00 ca0a4a8a 0a010000 ff00ff00")
                + value(130, "4a808080 0a000000 ffff0000")
                + value(4, ROUTER)
                + value(5, "0a808080 06490001 04 4900")
                + value(131, "02 fde8")
                + value(131, "01 0102")),
        linkState(
            "reachability",
            18,
            1,
            value(22, NODE + "00000a 00" + NODE + "00000b 04 06 02 0a00")
                + value(24, NODE + "00")
                + value(135, "0000000a 18 0a0101 0000000b d8 0a0102 06 01 04 00000007")
                + value(
                    236, "0000000a 0040 20010db800000000 0000000b e020 20010db8 06 03 04 4000 0001")
                + value(235, "0003 00000000 00")
                + value(237, "0002 0000000a 0040 20010db800000000")
                + value(222, "4002" + NODE + "00000a 00")),
        linkState(
            "tags of prefixes",
            20,
            1,
            value(
                135,
                "0000000a 60 0a000001 2a 02 08 0000000100000002 75 04 00000005"
                    + "03 06 fc00 00000064 03 05 0801 0003e8 09 02 0102"
                    + "03 06 0002 00000064")),
        linkState(
            "links",
            20,
            1,
            value(
                22,
                NODE
                    + "00000a 64"
                    + "03 04 00000001 04 08 00000001 00000002 05 04 00000003"
                    + "06 04 0a000001 08 04 0a000002 09 04 4cee6b28 0a 04 4cee6b28 12 03 00000a"
                    + "13 02 0003 14 02 0200 1d 06 00000a 01 0002 fa 02 0102"
                    + "20 0b 30 01 020000000002 0003e8 20 0c 00 01 020000000002 00000005"
                    + "20 08 20 01 020000000002")),
        linkState(
            "bandwidths",
            20,
            1,
            value(22, NODE + "00000a 22 0b 20" + "4cee6b28".repeat(8))
                + value(
                    22, NODE + "00000a 17 16 09 00 4cee6b28 4cee6b28 0c 0a 01 4cee6b28 4cee6b28 00")
                + value(22, NODE + "00000a 2c 15 2a 01 01 0000" + "4cee6b28".repeat(9) + "05dc")
                + value(
                    22, NODE + "00000a 2e 15 2c 64 05 0000" + "4cee6b28".repeat(9) + "01 000000")
                + value(22, NODE + "00000a 28 15 26 96 08 0000" + "4cee6b28".repeat(8) + "0102")),
        linkState(
            "capabilities",
            20,
            1,
            value(
                    242,
                    "0a000001 03 02 09 c0 001f40 01 03 003e80 02 0a 00 0001 00 01 04 00003e80"
                        + "13 02 0001")
                + value(242, "0a0000")
                + value(138, NODE + "01 0a000001 0a000002 00000007 00000008")
                + value(138, NODE + "00")),
        hello(
            "bridging",
            value(
                    143,
                    "1001 04 66"
                        + ("01 " + "6272 6964 6765" + "00".repeat(26) + "0007" + "ab".repeat(16))
                            .repeat(2)
                        + "05 21 5b"
                        + "0102".repeat(16)
                        + "06 0c 0080c201 06ec 0080c202 0010 09 01 07")
                + value(143, "0001 04 01 00")
                + value(143, "0001 06 05 0080c201 06")
                + value(143, "0001 06 02 0080")
                + value(143, "0001 05 03 00")),
        linkState(
            "bridges",
            18,
            1,
            value(
                    144,
                    "9001 01 23 8000020000000001 00000004 8000 001f ffff 02"
                        + "e1 0080c201 064065 00 0080c202 065066"
                        + "03 10 020000000001 1064 c0012345 3f00abcd 09 01 00")
                + value(144, "0001 01 13 8000020000000001 00000004 8000 0010 0001 01")
                + value(144, "0001 03 02 0200")
                + value(144, "0001 01 02 0200")),
        linkState(
            "purge",
            20,
            1,
            value(13, "02 020000000001 020000000002 00")
                + value(13, "00")
                + value(250, "00000c 0102")
                + value(250, "123456")
                + value(99, "0102")),
        linkState(
            "wrong lengths",
            20,
            1,
            value(22, NODE + "00000a 05 06 04 0a0000") + value(135, "00000001")),
        linkState("bad prefix", 20, 1, value(135, "0000000a 21 0a")),
        linkState("short prefix", 20, 1, value(128, "0a808080 0a000000 ff") + AREA),
        linkState("prefix past its value", 20, 1, value(135, "0000000a 18 0a") + "0102" + AREA),
        linkState("value that is too long", 20, 1, "01 20 03490001"),
        message(
            "complete list",
            24,
            pduLength(33 + 34)
                + NODE
                + "0000000000000000 ffffffffffffffff"
                + value(9, "04af" + ID + "00000007 1234 0001" + ID + "00000008 4321")),
        message(
            "partial list",
            27,
            pduLength(17 + 18) + NODE + value(9, "04af" + ID + "00000007 1234")),
        message("shorter than its header", 26, "0005" + NODE),
        message("unknown type", 19, "0102"),
        llc("another version", "8311 0200 1b01 0000 0011" + NODE),
        llc("another format", "8311 0100 1b02 0000 0011" + NODE),
        llc("another length of systems", "8311 0104 1b01 0000 0011" + NODE),
        llc("many areas", "8311 0100 1b01 00ff 0011" + NODE),
        llc("wrong header", "8310 0106 1b01 0003 0011" + NODE),
        llc("wrong header of link state", "8310 0106 1201 0003 0011" + NODE),
        llc("long header", "8330 0106 1b01 0003 0011" + NODE),
        llc("short header", "8305 0106 1b01 0003 0011" + NODE),
        llc("ISH", "8215 0100 04 012c 0000 04 49000102 c6 02 0096 81 02 cc81 c3 01 01"),
        llc("ESH", "8214 0100 02 012c 1234 02 04 49000102 03 490003"),
        llc(
            "redirect longer than the packet",
            "8219 0100 06 012c 0000 02 4900 06 020000000001 04 49000102"),
        llc("bad redirect", "820f 0100 06 012c 0000 02 4900 02 0102 00"),
        llc("bad ISH", "820b 0100 04 012c 0000 04 49000102"),
        llc("unknown ES-IS", "820b 0100 05 012c 0000 04 49"),
        llc("short ES-IS", "8208 0100 04 012c 0000"),
        llc("ES-IS of another version", "820b 0200 04 012c 0000 0000"),
        ethernet("in GRE", ipv4(47, start().hex("0000 00fe 831b 0100 1201").toBytes())),
        llc("inactive", "00 0102"),
        llc("unknown protocol", "99 0102"),
        llc("IPv4", "cc 4500001c000000004001 66df 0a000001 0a000002 0800f7ff00000000"));
  }

  private static Sample lanHello(String name, String values) {
    String hello = "03" + ROUTER + "001e" + pduLength(27, values) + "40" + ROUTER + "02";
    return message(name, 15, hello + values);
  }

  private static Sample hello(String name, String values) {
    return message(name, 17, "03" + ROUTER + "001e" + pduLength(20, values) + "01" + values);
  }

  private static Sample linkState(String name, int type, int flags, String values) {
    String head = pduLength(27, values) + "04af" + ID + "00000007 0000";
    return message(name, type, head + "%02x".formatted(flags) + values);
  }

  private static Sample message(String name, int type, String body) {
    int header =
        switch (type) {
          case 17 -> 20;
          case 24, 25 -> 33;
          case 26, 27 -> 17;
          default -> 27;
        };
    return llc(name, "83%02x 0100 %02x01 0000".formatted(header, type) + body);
  }

  private static Sample llc(String name, String hex) {
    int length = fromHex(hex).length + 3;
    return ethernet(
        name, start().hex("0180c2000014 020000000001").u16(length).hex("fefe03" + hex).toBytes());
  }

  private static String pduLength(int header, String values) {
    return pduLength(header + fromHex(values).length);
  }

  private static String pduLength(int length) {
    return "%04x".formatted(length);
  }

  private static String value(int type, String hex) {
    return "%02x%02x".formatted(type, fromHex(hex).length) + hex;
  }
}
