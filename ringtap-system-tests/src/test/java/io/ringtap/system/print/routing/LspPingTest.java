package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class LspPingTest extends PrinterBeside {
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String HEAD = "12345678 00000007";
  private static final String SENT = "e3b1a2c4 80000000";
  private static final String PREFIX = value(1, "0a000000 18");

  @Override
  protected List<Sample> samples() {
    return List.of(
        packet("request", "0001 0000 01 02 00 00" + HEAD + SENT + "0000000000000000"),
        packet("reply", "0001 0000 02 03 03 01" + HEAD + SENT + "e3b1a2c4 c0000000"),
        packet(
            "result without a depth", "0001 0000 02 04 0d 01" + HEAD + SENT + "00000000 00000001"),
        packet("unknown message", "0001 0000 09 09 63 00" + HEAD + "00000000 40000000" + SENT),
        packet("another version", "0002 0000 01 02 00 00" + HEAD + SENT + SENT),
        packet("short packet", "0001 0000 01 02"),
        request(
            "prefixes",
            value(1, PREFIX)
                + value(1, value(2, ADDRESS + "40"))
                + value(1, value(6, "0000 fde8 00000007 0a000000 18"))
                + value(1, value(7, "0001 0a000001 0007" + ADDRESS + "40"))
                + value(1, value(12, "0a000000 18"))
                + value(1, value(13, ADDRESS + "40"))),
        request(
            "tunnels",
            value(1, value(3, "0a000009 0000 0001 0a000001 0a000001 0000 0002"))
                + value(1, value(4, ADDRESS + "0000 0001" + ADDRESS + ADDRESS + "0000 0002"))),
        request(
            "pseudowires",
            value(1, value(8, "0000 fde8 00000007 0001 0002 0005"))
                + value(1, value(9, "0a000009 00000007 0005"))
                + value(1, value(10, "0a000001 0a000009 00000007 0063"))),
        request(
            "wrong lengths",
            value(1, value(1, "0a00")) + value(1, value(16, "00000000")) + value(1, value(99, ""))),
        request("short stack", value(1, "0001 00")),
        request("target that is too long", value(1, "0001 0009 0a000000 18000000")),
        request("target without padding", "0001 0009 0001 0005 0a000000 18 000000"),
        request(
            "downstream",
            value(2, "05dc 01 00 0a000002 0a000003 00 00 0000 00010001")
                + value(2, "05dc 02 00 0a000002 00000003 00 00 0000")
                + value(2, "05dc 03 00" + ADDRESS + ADDRESS + "00 00 0000")
                + value(2, "05dc 04 00" + ADDRESS + "00000003 00 00 0000")),
        request(
            "short downstream",
            value(2, "05dc 01 00 0a000002 0a000003")
                + value(2, "05dc 03 00 0a000002")
                + value(2, "05dc 09 00")
                + value(2, "05dc")),
        request(
            "other values",
            value(3, "00000000")
                + value(5, "00000009")
                + value(5, "00ffffff")
                + value(5, "00")
                + value(15, "00000007")
                + value(15, "0000")
                + value(10, "e0")
                + value(0xfc00, "")),
        request("value that is too long", "0003 0008 00000000"),
        request("value without padding", "0003 0001 00"),
        request("half a value", "0003"));
  }

  private static Sample request(String name, String values) {
    return packet(name, "0001 0000 01 02 00 00" + HEAD + SENT + SENT + values);
  }

  private static Sample packet(String name, String hex) {
    return ethernet(name, ipv4(17, udp(3503, 3503, start().hex(hex).toBytes())));
  }

  private static String value(int type, String hex) {
    int length = start().hex(hex).toBytes().length;
    return "%04x%04x".formatted(type, length) + hex + "00".repeat(-length & 3);
  }
}
