package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class LdpTest extends PrinterBeside {
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String KEEPALIVE = message(0x0201, "");

  @Override
  protected List<Sample> samples() {
    return List.of(
        hello("hello", value(0x0400, "000f 0000") + value(0x0401, "0a000001")),
        hello(
            "targeted hello",
            value(0x0400, "005a c000") + value(0x0403, ADDRESS) + value(0x0402, "00000007")),
        hello(
            "values too short", value(0x0400, "000f") + value(0xc401, "0a00") + value(0x0503, "")),
        hello("value that is too long", "0400 0009 000f0000"),
        hello("half a value", "0400 00"),
        hello("unknown value", value(0x3e01, "0102") + value(0x8501, "")),
        session("keepalive", pdu(KEEPALIVE)),
        session("two messages", pdu(KEEPALIVE + KEEPALIVE)),
        session("two PDUs", pdu(KEEPALIVE + KEEPALIVE) + pdu(KEEPALIVE + KEEPALIVE)),
        session(
            "initialization",
            pdu(
                message(
                    0x0200,
                    value(0x0500, "0001 00b4 00 05 1000 0a000002 0000")
                        + value(0x0503, "800f 0000 0001d4c0 0001d4c0")
                        + value(0x0503, "0000 0000 00000000 00000000")))),
        session(
            "notification",
            pdu(
                message(0x0001, value(0x0300, "80000009 00000007 0201"))
                    + message(0x8001, value(0x0300, "4000000a 00000000 0000")))),
        session(
            "addresses",
            pdu(
                message(0x0300, value(0x0101, "0001 0a000001 0a000002 0a"))
                    + message(0x0301, value(0x0101, "0002" + ADDRESS))
                    + message(0x0300, value(0x0101, "0006 0102")))),
        session(
            "labels",
            pdu(
                message(0x0400, value(0x0100, "02 0001 18 0a0101") + value(0x0200, "00000064"))
                    + message(0x0402, value(0x0100, "02 0002 20 20010db8") + value(0x0601, "05dc"))
                    + message(0x0400, value(0x0100, "01") + value(0x0100, "03 0001 04 0a000001"))
                    + message(0x0400, value(0x0100, "02 0006 18 0a0101") + value(0x0100, "07")))),
        session(
            "pseudowires",
            pdu(
                message(
                    0x0400,
                    value(
                            0x0100,
                            "80 8005 12 00000001 00000064 0104 05dc 0305 656e1b 0c04 03 06 07")
                        + value(0x0100, "80 0004 00 00000001")
                        + value(0x0100, "80 0063 04 00000001 00000064")
                        + value(0x0100, "80 0005 03 00000001 00000064")
                        + value(0x0100, "80 0005 0a 00000001 00000064 0904 0102 0101")
                        + value(0x0100, "80 0005 20 00000001 00000064 0104 05dc")
                        + value(0x0100, "80 0005 04 00000001")
                        + value(0x0100, "80 0005 04")))),
        session("too long a prefix", pdu(message(0x0400, value(0x0100, "02 0001 28 0a010101")))),
        session("short prefix", pdu(message(0x0400, value(0x0100, "02 0001 18 0a01") + "00"))),
        session("no prefix", pdu(message(0x0400, value(0x0100, "02 00")))),
        session("request", pdu(message(0x0401, value(0x0100, "02 0001 18 0a0101")))),
        session("release", pdu(message(0x0403, value(0x0100, "02 0001 18 0a0101")))),
        session("unknown message", pdu(message(0x3f00, "01020304"))),
        session("short message", pdu("0201 0003 00000007 0000")),
        session("message that passes the end", pdu("0201 0020 00000007" + "00".repeat(8))),
        session("half a message", pdu(KEEPALIVE + "0201 0004")),
        session("unknown version", "0002 0016 0a000001 0000" + KEEPALIVE + KEEPALIVE),
        session("short PDU", "0001 0005 0a000001 0000" + KEEPALIVE + KEEPALIVE),
        session("PDU that passes the end", "0001 0040 0a000001 0000" + KEEPALIVE + KEEPALIVE));
  }

  private static String value(int type, String value) {
    return "%04x %04x".formatted(type, start().hex(value).toBytes().length) + value;
  }

  private static String message(int type, String values) {
    int length = 4 + start().hex(values).toBytes().length;
    return "%04x %04x 00000007".formatted(type, length) + values;
  }

  private static String pdu(String messages) {
    int length = 6 + start().hex(messages).toBytes().length;
    return "0001 %04x 0a000001 0000".formatted(length) + messages;
  }

  private static Sample hello(String name, String values) {
    byte[] payload = start().hex(pdu(message(0x0100, values))).toBytes();
    return ethernet(name, ipv4(17, udp(646, 646, payload)));
  }

  private static Sample session(String name, String pdus) {
    byte[] payload = start().hex(pdus).toBytes();
    return ethernet(name, ipv4(6, tcp(646, 50000, 1, 1, 0x18, "", payload)));
  }
}
