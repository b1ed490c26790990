package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

class PtpTest extends PrinterBeside {
  private static final String WHOLE = "one message is cut, the others differ in a field";
  private static final String TIME = "00006554f1a0 3b9ac9ff";
  private static final String PORT = "1122334455667788 0002";
  private static final String CLOCK = "0025 00 80f8feffff80 0102030405060708 0001 a0";
  private static final String HOPS = "010203ff";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int type = 0; type < 16; type++) {
      String body =
          switch (type) {
            case 2, 3, 9, 10 -> TIME + PORT;
            case 11 -> TIME + CLOCK;
            case 12 -> PORT;
            case 13 -> PORT + HOPS;
            default -> TIME;
          };
      samples.add(message("message " + type, header(type, 2, 0x0200, 0) + body));
    }
    for (int version : List.of(0, 1, 3, 0x12, 0x22, 0xf2)) {
      samples.add(message("version " + version, header(0, version, 0, 0) + TIME).wholeOnly(WHOLE));
    }
    for (int flag = 1; flag <= 0x8000; flag *= 2) {
      samples.add(message("flag " + flag, header(0, 2, flag, 0) + TIME).wholeOnly(WHOLE));
    }
    samples.add(message("all flags", header(0x10, 2, 0xffff, 0) + TIME).wholeOnly(WHOLE));
    for (int control = 0; control < 8; control++) {
      samples.add(message("control " + control, header(0, 2, 0, control) + TIME).wholeOnly(WHOLE));
    }
    samples.add(inUdp("empty", 319, "").wholeOnly(WHOLE));
    samples.add(inUdp("too short", 319, "0002 002c 0301").wholeOnly(WHOLE));
    samples.add(inUdp("general", 320, header(8, 2, 0, 2) + TIME).wholeOnly(WHOLE));
    samples.add(
        ethernet(
            "in Ethernet",
            fromHex("011b19000000 020000000001 88f7" + header(11, 2, 8, 5) + TIME + CLOCK)));
    return samples;
  }

  private static Sample message(String name, String hex) {
    return inUdp(name, 319, hex);
  }

  private static String header(int type, int version, int flags, int control) {
    return "%02x%02x 002c 0301 %04x ffffffff00028001 00000007".formatted(type, version, flags)
        + " aabbccfffeddeeff 0001 1234 %02x fd".formatted(control);
  }

  private static Sample inUdp(String name, int port, String hex) {
    return ethernet(name, ipv4(17, udp(port, port, fromHex(hex))));
  }
}
