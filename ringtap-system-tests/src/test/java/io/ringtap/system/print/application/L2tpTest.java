package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

class L2tpTest extends PrinterBeside {
  private static final String WHOLE =
      "one control message is cut, the others differ in an attribute";
  private static final String LCP = "ff03 c021 01 01 000a 0506 01020304";
  private static final String START = attribute(0x8000, 0, "0001");

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        message(
            "start",
            control(
                START
                    + attribute(0x8000, 2, "0100")
                    + attribute(0x8000, 3, "00000003")
                    + attribute(0x0000, 7, "686f7374")
                    + attribute(0x8000, 9, "0007")
                    + attribute(0xc000, 11, "0102030405060708"))));
    samples.add(message("acknowledgment", control("")));
    for (String flags : List.of("0002", "0802", "0202", "0a02", "0102", "0012")) {
      String header = flags + "0001 0002";
      header += flags.startsWith("08") || flags.startsWith("0a") ? "0003 0004" : "";
      header += flags.equals("0202") || flags.equals("0a02") ? "0002 0000" : "";
      samples.add(message("data " + flags, header + LCP));
    }
    samples.add(message("data with a length", "4002 0016 0001 0002" + LCP));
    samples.add(message("L2F", "0001 0001 0002 0003"));
    samples.add(message("version 3", "0003 0001 0002 0003"));
    samples.add(message("too short", "c80200"));
    samples.add(message("length too large", "c802 0032 0001 0002 0003 0004"));
    samples.add(message("length too small", "c802 0008 0001 0002 0003 0004"));
    samples.add(message("no length", "8802 0001 0002 0003 0004 0000"));
    samples.add(message("attribute too short", control(START + "8005 0000 0000")).wholeOnly(WHOLE));
    samples.add(message("attribute too long", control(START + "8040 0000 0000")).wholeOnly(WHOLE));
    samples.add(message("of a vendor", control("8009 0009 0007 616263")).wholeOnly(WHOLE));
    attributes(samples);
    return samples;
  }

  private static void attributes(List<Sample> samples) {
    List<String> values =
        List.of(
            "",
            "01",
            "0001",
            "000102",
            "00000003",
            "0001000201616263",
            "0001000209",
            "00010000000200000003000000040000000500000006",
            "000100000002000000030000000400000005" + "0000000700");
    for (int type = 0; type < 48; type++) {
      StringBuilder all = new StringBuilder(START);
      for (String value : values) {
        all.append(attribute(0x8000, type, value));
      }
      samples.add(message("attribute " + type, control(all.toString())).wholeOnly(WHOLE));
    }
    for (int type = 0; type < 18; type++) {
      samples.add(
          message("message " + type, control(attribute(0, 0, "%04x".formatted(type))))
              .wholeOnly(WHOLE));
    }
    for (int type = 0; type < 7; type++) {
      samples.add(
          message("proxy " + type, control(START + attribute(0, 29, "%04x".formatted(type))))
              .wholeOnly(WHOLE));
    }
  }

  private static String attribute(int flags, int type, String value) {
    return "%04x 0000 %04x".formatted(flags | (6 + fromHex(value).length), type) + value;
  }

  private static String control(String attributes) {
    return "c802 %04x 0001 0002 0003 0004".formatted(12 + fromHex(attributes).length) + attributes;
  }

  private static Sample message(String name, String hex) {
    return ethernet(name, ipv4(17, udp(1701, 1701, fromHex(hex))));
  }
}
