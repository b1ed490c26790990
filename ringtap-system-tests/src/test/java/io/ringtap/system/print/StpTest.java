package io.ringtap.system.print;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import java.util.List;

class StpTest extends PrinterBeside {
  private static final String BRIDGES =
      "8000 020000000001 00000004 8001 020000000009 8002 0100 1400 0200 0f00";

  @Override
  List<Sample> samples() {
    return List.of(
        stp("configuration", "0000 00 00 01" + BRIDGES),
        stp("topology change", "0000 00 80"),
        stp("three bytes", "0000 00"),
        stp("short configuration", "0000 00 00 01"),
        stp("rapid, short", "0000 02 02 3c 8000"),
        stp("rapid", "0000 02 02 3c" + BRIDGES + "00"),
        stp("all flags", "0000 02 02 ff" + BRIDGES + "00"),
        stp("another protocol", "0001 00 00 01" + BRIDGES),
        ethernet(
            "of one VLAN",
            frame("aaaa03 00000c 010b 0000 02 02 3c" + BRIDGES + "00 0000 0002 0064")));
  }

  private static Sample stp(String name, String hex) {
    return ethernet(name, frame("424203" + hex));
  }

  private static byte[] frame(String llc) {
    int length = start().hex(llc).toBytes().length;
    return start().hex("0180c2000000 020000000001").u16(length).hex(llc).toBytes();
  }
}
