package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class IkeTest extends PrinterBeside {
  private static final String COOKIES = "0102030405060708 0000000000000000";
  private static final String BOTH_COOKIES = "0102030405060708 1112131415161718";
  private static final String SHORT = "6c61622e01ff";
  private static final String DATA =
      "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-vv", "-vvvv");
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.addAll(headers());
    samples.addAll(version1());
    samples.addAll(version2());
    samples.addAll(natTraversal());
    return samples;
  }

  private static List<Sample> headers() {
    List<Sample> samples = new ArrayList<>();
    samples.add(message("the first", COOKIES, "01 10 02 00", ""));
    samples.add(message("the second", BOTH_COOKIES, "00 10 02 00", ""));
    samples.add(
        ethernet(
            "the answer", ipv4To("0a000002", "0a000001", packet(BOTH_COOKIES, "00100200", ""))));
    samples.add(
        ethernet(
            "another host", ipv4To("0a000003", "0a000001", packet(BOTH_COOKIES, "00100200", ""))));
    samples.add(message("unknown cookies", "0a".repeat(8) + "0b".repeat(8), "00 10 02 00", ""));
    samples.add(message("no cookies", "00".repeat(16), "00 10 02 00", ""));
    samples.add(
        ethernet("IPv6", ipv6(17, packet("0c".repeat(8) + "00".repeat(8), "00100200", ""))));
    samples.add(
        ethernet("IPv6 again", ipv6(17, packet("0c".repeat(8) + "01".repeat(8), "00100200", ""))));
    samples.add(ethernet("IPv6, of IPv4", ipv6(17, packet(BOTH_COOKIES, "00100200", ""))));
    for (int exchange : new int[] {0, 1, 3, 4, 5, 6, 31, 32, 33, 34, 37, 38, 255}) {
      samples.add(
          message("exchange " + exchange, BOTH_COOKIES, "00 10 %02x 03".formatted(exchange), ""));
      samples.add(
          message(
              "v2 exchange " + exchange, BOTH_COOKIES, "00 20 %02x 38".formatted(exchange), ""));
    }
    samples.add(message("version 3", BOTH_COOKIES, "00 30 01 00", ""));
    samples.add(message("encrypted", BOTH_COOKIES, "08 10 20 01", DATA));
    samples.add(message("v2, encrypted", BOTH_COOKIES, "2e 20 23 09", DATA));
    return samples;
  }

  private static List<Sample> version1() {
    List<Sample> samples = new ArrayList<>();
    String attributes =
        "80010007 800b0001 000c0004 00007080 80020002 80030001 8004000e 800e0100 80110001 80040013";
    String transform = payload(0, "01 01 0000" + attributes);
    String proposal = payload(0, "01 01 00 01" + transform);
    samples.add(v1("proposal", 1, payload(0, "00000001 00000001" + proposal)));
    for (int protocol = 0; protocol <= 5; protocol++) {
      for (int id : new int[] {0, 1, 2, 12, 13}) {
        String inner =
            payload(
                0,
                "01 %02x 0000".formatted(id)
                    + "80010001 80030002 80040001 80050002 8006 0080 00020004 00000e10");
        samples.add(
            v1(
                "protocol %d, transform %d".formatted(protocol, id),
                2,
                payload(0, "01 %02x 04 01 01020304".formatted(protocol) + inner)));
      }
    }
    samples.add(
        v1(
            "two transforms",
            2,
            payload(0, "01 03 00 02" + payload(3, "01 0c 0000") + payload(0, "02 03 0000"))));
    samples.add(
        v1(
            "attribute that passes the end",
            2,
            payload(0, "01 01 00 01" + payload(0, "01 01 0000 00010009 01"))));
    samples.add(v1("situations", 1, payload(0, "00000001 00000007 00000009" + proposal)));
    samples.add(v1("no situation", 1, payload(0, "00000001 00000000 00000009" + proposal)));
    samples.add(v1("another domain", 1, payload(10, "00000002 00000001") + payload(0, DATA)));
    samples.add(v1("no proposal", 1, payload(0, "00000001 00000001")));
    samples.add(v1("key exchange and nonce", 4, payload(10, DATA) + payload(0, DATA)));
    for (int type = 0; type <= 12; type++) {
      samples.add(
          v1("identification " + type, 5, payload(0, "%02x 11 01f4".formatted(type) + DATA)));
      samples.add(
          v1("short identification " + type, 5, payload(0, "%02x 11 01f4 0a00".formatted(type))));
      samples.add(v1("no identification " + type, 5, payload(0, "%02x 11 01f4".formatted(type))));
      samples.add(
          v1(
              "certificate " + type,
              6,
              payload(7, "%02x".formatted(type) + SHORT)
                  + payload(0, "%02x".formatted(type) + SHORT)));
    }
    samples.add(v1("short certificate", 6, payload(0, "04")));
    samples.add(
        v1(
            "hash, signature, vendor",
            8,
            payload(9, SHORT) + payload(13, SHORT) + payload(0, SHORT)));
    for (int type :
        new int[] {
          0, 1, 14, 30, 31, 8191, 8192, 8193, 16383, 16384, 16385, 24575, 24576, 24577, 24578,
          24579, 32768, 65535
        }) {
      samples.add(
          v1(
              "notification " + type,
              11,
              payload(
                  0,
                  "00000001 01 04 %04x 01020304".formatted(type) + "800b0001 000c0004 00007080")));
      samples.add(
          v1(
              "notification %d, another domain".formatted(type),
              11,
              payload(0, "00000002 01 00 %04x".formatted(type))));
    }
    samples.add(v1("notification with little data", 11, payload(0, "00000001 01 00 0001 0102")));
    samples.add(v1("notification with much data", 11, payload(0, "00000001 01 00 0001" + DATA)));
    samples.add(v1("notification without data", 11, payload(0, "00000001 01 00 0001")));
    samples.add(v1("replay", 11, payload(0, "00000001 03 00 6001 00000001")));
    samples.add(v1("deletion", 12, payload(0, "00000001 03 04 0002 01020304 05060708")));
    samples.add(
        v1("deletion, another domain", 12, payload(0, "00000002 03 04 0002 01020304 05060708")));
    samples.add(v1("deletion of more", 12, payload(0, "00000001 03 04 0003 01020304 05060708")));
    samples.add(
        v1(
            "unknown payloads",
            14,
            payload(32, SHORT) + payload(49, SHORT) + payload(255, SHORT) + payload(0, SHORT)));
    samples.add(
        v1(
            "payloads of version 2",
            41,
            payload(46, "01 00 4000") + payload(40, SHORT) + payload(0, SHORT)));
    samples.add(v1("an empty payload", 8, payload(0, "")));
    samples.add(v1("a payload that is short", 5, payload(0, "01")));
    samples.add(v1("a payload that passes the end", 8, "00 00 00ff 0102"));
    samples.add(v1("half a payload", 8, "00 00"));
    return samples;
  }

  private static List<Sample> version2() {
    List<Sample> samples = new ArrayList<>();
    String transforms =
        payload(3, "01 00 000c 800e 0100")
            + payload(3, "02 00 0002")
            + payload(3, "03 00 0002")
            + payload(0, "04 00 000e");
    samples.add(
        v2(
            "initiation",
            33,
            payload(34, payload(0, "01 01 00 04" + transforms))
                + payload(40, "000e 0000" + DATA)
                + payload(0, DATA)));
    for (int type = 0; type <= 6; type++) {
      for (int id : new int[] {0, 1, 4, 5, 18, 19}) {
        samples.add(
            v2(
                "transform %d %d".formatted(type, id),
                33,
                payload(
                    0,
                    payload(
                        0,
                        "01 03 04 01 01020304"
                            + payload(
                                0,
                                "%02x 00 %04x".formatted(type, id) + "800e0080 000f0002 0102")))));
      }
    }
    samples.add(v2("critical", 33, "00 80 0008 00 80 0008"));
    samples.add(
        v2(
            "two proposals",
            33,
            payload(
                0,
                payload(2, "01 01 00 01" + payload(0, "01 00 0001"))
                    + payload(0, "02 01 00 01" + payload(0, "01 00 0001")))));
    samples.add(
        v2(
            "another payload in a proposal",
            33,
            payload(
                0,
                payload(0, "01 01 00 01" + payload(9, "01 00 0001") + payload(0, "01 00 0001")))));
    samples.add(
        v2(
            "another payload among proposals",
            33,
            payload(0, payload(9, "01 01 00 01" + payload(0, "01 00 0001")) + payload(0, SHORT))));
    samples.add(v2("long index", 33, payload(0, payload(0, "01 01 ff 01 0102"))));
    samples.add(
        v2("long transform", 33, payload(0, payload(0, "01 01 00 01 00 00 00ff 01 00 0001"))));
    samples.add(v2("empty transform", 33, payload(0, payload(0, "01 01 00 01 00 00 0004"))));
    samples.add(v2("long proposal", 33, payload(0, "00 00 00ff 01 01 00 01")));
    samples.add(v2("empty proposal", 33, payload(0, "00 00 0004 01 01 00 01")));
    samples.add(v2("half a proposal", 33, payload(0, "00 00 0006 01 01")));
    samples.add(
        v2(
            "more proposals said",
            33,
            payload(0, payload(2, "01 01 00 01" + payload(3, "01 00 0001")))));
    samples.add(v2("short key exchange", 34, payload(0, "0001")));
    samples.add(v2("unknown group", 34, payload(0, "001f 0000 0102")));
    for (int type = 0; type <= 12; type++) {
      samples.add(
          v2(
              "identification " + type,
              35,
              payload(36, "%02x 000000 6c61622e".formatted(type))
                  + payload(0, "%02x 000000 01ff41".formatted(type))));
      samples.add(v2("short identification " + type, 36, payload(0, "%02x".formatted(type))));
      samples.add(
          v2("authentication " + type, 39, payload(0, "%02x 000000".formatted(type) + SHORT)));
    }
    samples.add(v2("short authentication", 39, payload(0, "02")));
    samples.add(v2("certificates", 37, payload(38, "04" + SHORT) + payload(0, "04" + SHORT)));
    samples.add(v2("nonce of a byte", 40, payload(0, "01")));
    samples.add(v2("deletion", 42, payload(0, "03 04 0001 01020304")));
    samples.add(v2("vendor", 43, payload(43, "6c61622e01ff") + payload(0, "4142")));
    samples.add(
        v2(
            "selectors",
            44,
            payload(45, "01000000" + SHORT)
                + payload(47, SHORT)
                + payload(48, SHORT)
                + payload(0, "01000004")));
    samples.add(v2("encrypted", 46, payload(35, SHORT)));
    samples.add(v2("little encrypted", 46, payload(35, "01020304")));
    for (int type :
        new int[] {
          0, 1, 4, 5, 7, 9, 11, 14, 17, 24, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
          8191, 8192, 16383, 40959, 40960, 65535
        }) {
      samples.add(v2("notification " + type, 41, payload(0, "01 02 %04x 0102".formatted(type))));
    }
    for (int type = 16_384; type <= 16_443; type++) {
      samples.add(v2("notification " + type, 41, payload(0, "01 02 %04x 0102".formatted(type))));
    }
    samples.add(v2("cookie", 41, payload(0, "00 00 4006" + DATA.substring(0, 20))));
    samples.add(v2("long cookie", 41, payload(0, "00 00 4006" + DATA)));
    samples.add(v2("short notification", 41, payload(0, "01")));
    samples.add(
        v2(
            "payloads of version 1",
            1,
            payload(4, "00000001 00000001" + payload(0, "01 01 00 01" + payload(0, "01 01 0000")))
                + payload(0, SHORT)));
    samples.add(
        v2(
            "unknown payloads",
            14,
            payload(32, SHORT) + payload(49, SHORT) + payload(255, SHORT) + payload(0, SHORT)));
    samples.add(v2("an empty payload", 35, payload(0, "")));
    return samples;
  }

  private static List<Sample> natTraversal() {
    byte[] message = header(BOTH_COOKIES, "00 20 22 08", "");
    return List.of(
        nat("IKE", start().u32(0).bytes(message).toBytes()),
        nat("keepalive", start().hex("ff").toBytes()),
        nat("another byte", start().hex("fe").toBytes()),
        nat("two bytes", start().hex("ffff").toBytes()),
        nat("nothing", new byte[0]),
        nat("ESP", start().hex("00001000 00000007").hex(DATA).toBytes()),
        nat("short ESP", start().hex("00001000 000000").toBytes()));
  }

  private static Sample nat(String name, byte[] payload) {
    return ethernet("port 4500, " + name, ipv4(17, udp(4500, 4500, payload)));
  }

  private static String payload(int next, String hex) {
    return "%02x 00 %04x".formatted(next, 4 + PacketBytes.fromHex(hex).length) + hex;
  }

  private static Sample v1(String name, int first, String payloads) {
    return message("v1, " + name, BOTH_COOKIES, "%02x 10 02 00".formatted(first), payloads);
  }

  private static Sample v2(String name, int first, String payloads) {
    return message("v2, " + name, BOTH_COOKIES, "%02x 20 22 08".formatted(first), payloads);
  }

  private static Sample message(String name, String cookies, String fields, String payloads) {
    return ethernet(name, ipv4(17, packet(cookies, fields, payloads)));
  }

  private static byte[] packet(String cookies, String fields, String payloads) {
    return udp(500, 500, header(cookies, fields, payloads));
  }

  private static byte[] header(String cookies, String fields, String payloads) {
    int length = 28 + PacketBytes.fromHex(payloads).length;
    return start()
        .hex(cookies)
        .hex(fields)
        .u32(payloads.length() % 2)
        .u32(length)
        .hex(payloads)
        .toBytes();
  }

  private static byte[] ipv4To(String from, String to, byte[] payload) {
    return PacketBytes.ethernet(0x0800, PacketBytes.Ipv4.between(from, to).packet(17, payload));
  }
}
